"""Tags of our images and snapshots that several runbooks know."""

# By which an image or a snapshot is ours. Its value is the name of the group.
GROUP_TAG = "ami-refresh:auto-scaling-group"
# The run of create-image that made it.
EXECUTION_TAG = "ami-refresh:execution-id"
