import boto3

from shared.client_config import PATIENT

ssm = boto3.client("ssm", config=PATIENT)
