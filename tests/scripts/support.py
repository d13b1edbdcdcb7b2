"""What the tests use in place of AWS where moto lacks it, and in place of the clock."""

import datetime
import time
import types
from collections.abc import Callable, Iterator, Mapping
from time import gmtime, struct_time
from typing import Any, NamedTuple, cast

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ClientError
from botocore.validate import validate_parameters

# Among the answers of a stub: this call goes on to moto.
GO_ON = "go on to moto"

Params = Mapping[str, Any]
Outcome = Mapping[str, Any] | Exception | str
Answer = Outcome | Callable[[Any], Outcome]


def refusal(code: str, message: str = "AWS says why.") -> ClientError:
    """An error of AWS's, as an answer of a stub."""
    return ClientError({"Error": {"Code": code, "Message": message}}, "Stubbed")


class Call(NamedTuple):
    operation: str
    params: Params


class Stub:
    """Answers for moto, and writes down every call: stub(ssm, "get_automation_execution", answer, …).

    An answer is what the operation returns, an error that it raises, GO_ON, or a function of the request that
    gives one of these. The answers are given in their order, the last one again and again, and they are held
    against AWS's model.
    """

    def __init__(self, clients: list[Any]) -> None:
        self.calls: list[Call] = []
        self._clients = clients
        self._answers: dict[tuple[int, str], list[Answer]] = {}

    def __call__(self, client: Any, operation: str, *answers: Answer) -> None:
        api = client.meta.method_to_api_mapping[operation]
        self._answers[id(client), api] = [*answers]

    def calls_of(self, operation: str) -> list[Params]:
        return [call.params for call in self.calls if call.operation == operation]

    def listen(self) -> Iterator[None]:
        """From now on, until it is asked to go on."""
        listeners = [one for client in self._clients for one in self._listeners_of(client)]
        for events, event, handler in listeners:
            events.register_first(event, handler)
        yield
        for events, event, handler in listeners:
            events.unregister(event, handler)

    def _listeners_of(self, client: Any) -> list[tuple[Any, str, Callable[..., Any]]]:
        names = {api: method for method, api in client.meta.method_to_api_mapping.items()}

        def write_down(params: Any, model: Any, context: Any, **_: Any) -> None:
            self.calls.append(Call(names[model.name], dict(params)))
            context["asked"] = dict(params)

        def answer(model: Any, context: Any, **_: Any) -> Any:
            answers = self._answers.get((id(client), model.name))
            return answered(answers, model, context["asked"]) if answers else None

        events, service = client.meta.events, client.meta.service_model.service_id.hyphenize()
        return [
            (events, f"before-parameter-build.{service}", write_down),
            (events, f"before-call.{service}", answer),
        ]


def answered(answers: list[Answer], model: Any, asked: Params) -> Any:
    """What botocore takes for the answer to a call that it has not sent, or None to have it sent."""
    answer = answers.pop(0) if len(answers) > 1 else answers[0]
    outcome = answer(asked) if callable(answer) else answer
    if outcome == GO_ON:
        return None
    if isinstance(outcome, ClientError):
        return response(400), {**outcome.response, "ResponseMetadata": {}}
    if isinstance(outcome, Exception):
        raise outcome
    given = cast("dict[str, Any]", outcome)
    if model.output_shape:
        validate_parameters(given, model.output_shape)
    return response(200), {**given, "ResponseMetadata": {}}


def response(status: int) -> AWSResponse:
    return AWSResponse("", status, HTTPHeaders(), None)


def utc_now() -> datetime.datetime:
    return datetime.datetime.fromtimestamp(time.time(), datetime.UTC)


def group_named(name: str, **more: Any) -> dict[str, Any]:
    """An Auto Scaling group, with what AWS says of every one."""
    return {
        "AutoScalingGroupName": name,
        "MinSize": 1,
        "MaxSize": 3,
        "DesiredCapacity": 2,
        "DefaultCooldown": 300,
        "AvailabilityZones": ["ap-northeast-1a"],
        "HealthCheckType": "EC2",
        "CreatedTime": utc_now(),
        **more,
    }


class Clock:
    """A time that goes on only when somebody sleeps."""

    def __init__(self, start: datetime.datetime) -> None:
        self.now = start

    def time(self) -> float:
        return self.now.timestamp()

    def gmtime(self, seconds: float | None = None) -> struct_time:
        return gmtime(self.time() if seconds is None else seconds)

    def sleep(self, seconds: float) -> None:
        self.now += datetime.timedelta(seconds=seconds)

    def set_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("time.time", self.time)
        monkeypatch.setattr("time.gmtime", self.gmtime)
        monkeypatch.setattr("time.sleep", self.sleep)
        monkeypatch.setattr("moto.core.utils.datetime", self._as_module())

    def _as_module(self) -> types.ModuleType:
        """The module datetime as moto sees it: what moto makes is dated by this clock."""
        clock = self

        class Datetime(datetime.datetime):
            @classmethod
            def now(cls, tz: datetime.tzinfo | None = None) -> Any:
                return clock.now.astimezone(tz)

        module = types.ModuleType("datetime")
        module.__dict__.update({**datetime.__dict__, "datetime": Datetime})
        return module
