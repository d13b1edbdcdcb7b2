"""Clients: methods in snake_case that call the account in memory."""

import re

from _rehearsal import host as _host
from _rehearsal import wire as _wire

from .exceptions import ClientError
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
        self._retries = Retries(config)

    def get_paginator(self, operation_name):
        return Paginator(
            self._service, _api(operation_name), operation_name, getattr(self, operation_name)
        )

    def can_paginate(self, operation_name):
        return can_paginate(self._service, _api(operation_name))

    def close(self):
        """There is no connection to close."""

    def __getattr__(self, name):
        if name in _NOT_MODELLED:
            _host.refuse(f"a client's {name} is not modelled by the rehearsal")
        if not _METHOD.fullmatch(name):
            raise AttributeError(f"'{self._service}' object has no attribute '{name}'")
        return _method(self, name)


_NOT_MODELLED = {
    "exceptions",
    "generate_presigned_post",
    "generate_presigned_url",
    "get_waiter",
    "meta",
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
        return _call(client._service, api, _wire.dumps(params), client._retries)

    call.__name__ = name
    return call


def _call(service, api, params, retries):
    attempt = 0
    while True:
        attempt += 1
        answer = _wire.loads(_host.call(service, api, params))
        error = answer.get("error")
        if error is None:
            return {**answer["answer"], "ResponseMetadata": _metadata(answer, 200, attempt)}
        retryable = retries.is_retryable(error["code"], error["status"])
        if not retryable or attempt >= retries.most_attempts:
            raise _client_error(api, answer, attempt, retryable)
        retries.wait(attempt)


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
