import boto3

from shared.once_clients import ONCE

ssm_once = boto3.client("ssm", config=ONCE)
