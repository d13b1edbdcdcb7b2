"""The tags of our images and snapshots."""

# By which an image or a snapshot is ours. Its value is the name of the group.
GROUP_TAG = "ami-refresh:auto-scaling-group"
SOURCE_INSTANCE_TAG = "ami-refresh:source-instance"
# The run of create-image that made it.
EXECUTION_TAG = "ami-refresh:execution-id"
# With this one, whatever its value, a person keeps it.
KEEP_TAG = "ami-refresh:keep"
