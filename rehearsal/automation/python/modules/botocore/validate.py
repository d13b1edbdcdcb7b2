"""The part of botocore's validation that needs no API model: the kinds of values there are."""

import datetime
import math

from .exceptions import ParamValidationError


def validate(params):
    problems = list(_problems("", params))
    if problems:
        raise ParamValidationError(report="\n".join(problems))


def _problems(name, value):
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                yield f"Invalid type for parameter {name} key {key!r}, type: {type(key)}"
            yield from _problems(f"{name}.{key}" if name else str(key), item)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from _problems(f"{name}[{index}]", item)
    elif not isinstance(value, (str, int, float, datetime.datetime)) or _is_no_number(value):
        # None among them: to leave a parameter out means not to pass it.
        yield f"Invalid type for parameter {name}, value: {value}, type: {type(value)}"


def _is_no_number(value):
    return isinstance(value, float) and not math.isfinite(value)
