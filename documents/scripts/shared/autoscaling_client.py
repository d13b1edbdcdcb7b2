import boto3

from shared.client_config import PATIENT

autoscaling = boto3.client("autoscaling", config=PATIENT)
