import boto3

from shared.client_config import PATIENT

iam = boto3.client("iam", config=PATIENT)
