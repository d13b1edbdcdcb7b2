"""The way out to the rehearsal, and the end that it can put to a script."""

import sys

import _rehearsal_host as _outside

# The file name of a script, as AWS's tracebacks show it.
SCRIPT_FILE = "/tmp/customer_script.py"

_TOOL = sys.monitoring.DEBUGGER_ID
_LINE = sys.monitoring.events.LINE


class Ended(BaseException):
    """The rehearsal ends the script. Not an Exception, so that `except Exception` lets it pass."""


def call(service, api, params):
    answer = _outside.call(service, api, params)
    _check()
    return answer


def now():
    milliseconds = _outside.now()
    _check()
    return milliseconds


def sleep(seconds):
    _outside.sleep(seconds)
    _check()


def refuse(what):
    """Ends the script and the rehearsal with it, because the script asks for what is not modelled."""
    _outside.refuse(what)
    _check()


def knows(service, api, parameter=None):
    """Whether the boto3 of Automation's machines has this API, or this parameter of it."""
    known = _outside.knows(service, api, parameter)
    _check()
    return known


def region():
    return _outside.region()


def dns_suffix():
    return _outside.dns_suffix()


def release():
    """Undoes what the end of a script left behind, before the next one."""
    if sys.monitoring.get_tool(_TOOL) is not None:
        sys.monitoring.free_tool_id(_TOOL)


def _check():
    if _outside.ended():
        _end_at_each_line()
        raise Ended()


def _end_at_each_line():
    """Lets no line of the script run any more, not even inside a bare `except` or a `finally`."""
    if sys.monitoring.get_tool(_TOOL) is None:
        sys.monitoring.use_tool_id(_TOOL, "rehearsal")
        sys.monitoring.register_callback(_TOOL, _LINE, _end_line)
    sys.monitoring.set_events(_TOOL, _LINE)


def _end_line(code, _line):
    if code.co_filename == SCRIPT_FILE:
        raise Ended()
