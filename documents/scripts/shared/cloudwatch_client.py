import boto3

from shared.client_config import PATIENT

cloudwatch = boto3.client("cloudwatch", config=PATIENT)
