"""A client that makes a call once.

boto3 repeats a call whose answer did not come, and some calls must not be made twice.
"""

import boto3
from botocore.config import Config

ONCE = Config(connect_timeout=10, read_timeout=20, retries={"total_max_attempts": 1})

ec2_once = boto3.client("ec2", config=ONCE)
