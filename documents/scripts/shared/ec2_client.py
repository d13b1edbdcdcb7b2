import boto3

from shared.client_config import PATIENT

ec2 = boto3.client("ec2", config=PATIENT)
