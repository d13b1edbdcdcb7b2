"""What roll-out writes down on an image, and nobody else."""

# When it was rolled out last.
ROLLED_OUT_TAG = "ami-refresh:rolled-out"
# What the group launched before, blank-separated.
PREVIOUS_IMAGE_TAG = "ami-refresh:previous-image"
