"""As much of boto3 as scripts of a runbook need: clients over the account in memory."""

from botocore.client import create_client as _create_client

from _rehearsal import host as _host

# What boto3.client takes beside the three that are modelled.
_NOT_MODELLED = {
    "api_version",
    "use_ssl",
    "verify",
    "endpoint_url",
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "aws_account_id",
}


def client(service_name, region_name=None, *, config=None, **others):
    for name in others:
        if name in _NOT_MODELLED:
            _host.refuse(f"boto3.client({name}=…) is not modelled by the rehearsal")
        raise TypeError(f"client() got an unexpected keyword argument '{name}'")
    if region_name is not None and _host.region() not in ("", region_name):
        _host.refuse(f"boto3.client in the Region {region_name} is not modelled by the rehearsal")
    return _create_client(service_name, config)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    _host.refuse(f"boto3.{name} is not modelled by the rehearsal")
