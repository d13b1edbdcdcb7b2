"""Clients: methods in snake_case that call the account in memory."""

import re
import time

from _rehearsal import host as _host
from _rehearsal import wire as _wire

from .exceptions import ClientError, OperationNotPageableError, ReadTimeoutError
from .model import client_meta
from .paginate import Paginator, can_paginate
from .retries import Retries
from .user_data import encoded
from .validate import validate

_METHOD = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def create_client(service, config):
    return _Client(service, config)


class _Client:
    def __init__(self, service, config):
        self._service = service
        self.meta = client_meta(service)
        self.exceptions = _Exceptions()
        self._retries = Retries(config)
        self._read_timeout = config.read_timeout if config else _READ_TIMEOUT

    def get_paginator(self, operation_name):
        if not self.can_paginate(operation_name):
            raise OperationNotPageableError(operation_name=operation_name)
        return Paginator(getattr(self, operation_name))

    def can_paginate(self, operation_name):
        api = _api(operation_name)
        return _host.knows(self._service, api) and can_paginate(self._service, api)

    def close(self):
        """There is no connection to close."""

    def __getattr__(self, name):
        if name in _NOT_MODELLED:
            _host.refuse(f"a client's {name} is not modelled by the rehearsal")
        if not _METHOD.fullmatch(name) or not _host.knows(self._service, _api(name)):
            raise AttributeError(f"'{self._service}' object has no attribute '{name}'")
        return _method(self, name)


class _Exceptions:
    """What a client can raise. AWS's codes are told apart by the error's response."""

    ClientError = ClientError

    def __getattr__(self, name):
        _host.refuse(f"a client's exceptions.{name} is not modelled by the rehearsal")


# botocore's default, in seconds.
_READ_TIMEOUT = 60

_NOT_MODELLED = {
    "generate_presigned_post",
    "generate_presigned_url",
    "get_waiter",
    "waiter_names",
}


def _api(name):
    return "".join(part.capitalize() for part in name.split("_"))


def _method(client, name):
    def call(*positional, **params):
        if positional:
            raise TypeError(f"{name}() only accepts keyword arguments.")
        api = _api(name)
        params = encoded(client._service, api, params)
        validate(params)
        return _call(client, api, _wire.dumps(params))

    call.__name__ = name
    return call


def _call(client, api, params):
    retries = client._retries
    attempt = 0
    while True:
        attempt += 1
        answer = _wire.loads(_host.call(client._service, api, params))
        if answer.get("lost"):
            time.sleep(client._read_timeout)
            if attempt >= retries.most_attempts:
                raise ReadTimeoutError(endpoint_url=_endpoint(client._service))
            retries.wait(attempt)
            continue
        error = answer.get("error")
        if error is None:
            return {**answer["answer"], "ResponseMetadata": _metadata(answer, 200, attempt)}
        retryable = retries.is_retryable(error["code"], error["status"])
        if not retryable or attempt >= retries.most_attempts:
            raise _client_error(api, answer, attempt, retryable)
        retries.wait(attempt)


def _endpoint(service):
    return f"https://{service}.{_host.region()}.{_host.dns_suffix()}/"


def _client_error(api, answer, attempt, retryable):
    error = answer["error"]
    metadata = _metadata(answer, error["status"], attempt)
    if retryable:
        metadata["MaxAttemptsReached"] = True
    response = {
        "Error": {"Code": error["code"], "Message": error["message"]},
        "ResponseMetadata": metadata,
    }
    return ClientError(response, api)


def _metadata(answer, status, attempt):
    return {
        "RequestId": answer["requestId"],
        "HTTPStatusCode": status,
        "HTTPHeaders": {},
        "RetryAttempts": attempt - 1,
    }
