import boto3

from shared.client_config import PATIENT

kms = boto3.client("kms", config=PATIENT)
