"""The tags of our images and snapshots."""

# By which an image or a snapshot is ours. Its value is the name of the group.
GROUP_TAG = "ami-refresh:auto-scaling-group"
SOURCE_INSTANCE_TAG = "ami-refresh:source-instance"
# The run of create-image that made it.
EXECUTION_TAG = "ami-refresh:execution-id"
# When it was rolled out last, and what the group launched before: written by roll-out, and by nobody else.
ROLLED_OUT_TAG = "ami-refresh:rolled-out"
PREVIOUS_IMAGE_TAG = "ami-refresh:previous-image"
# With this one, whatever its value, a person keeps it.
KEEP_TAG = "ami-refresh:keep"
