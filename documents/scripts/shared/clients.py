"""AWS's clients, for every script."""

import boto3
from botocore.config import Config

# A script has ten minutes: an answer that does not come must leave time for the rest,
# and for putting things back.
PATIENT = Config(connect_timeout=10, read_timeout=20, retries={"total_max_attempts": 3})
# boto3 repeats a call whose answer did not come. Some calls must not be made twice.
ONCE = Config(connect_timeout=10, read_timeout=20, retries={"total_max_attempts": 1})

autoscaling = boto3.client("autoscaling", config=PATIENT)
ec2 = boto3.client("ec2", config=PATIENT)
kms = boto3.client("kms", config=PATIENT)
ssm = boto3.client("ssm", config=PATIENT)
autoscaling_once = boto3.client("autoscaling", config=ONCE)
ec2_once = boto3.client("ec2", config=ONCE)
