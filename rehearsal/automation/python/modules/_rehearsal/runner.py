"""Runs a script's handler as Automation does and says what came of it."""

import builtins
import contextlib
import functools
import io
import json
import linecache
import os
import sys
import traceback
import types

from . import host
from .imports import guarded_import

_MODULE = "customer_script"
_LARGEST_PAYLOAD = 100 * 1024
# The tool of sys.monitoring that counts; only the script's own lines call it, so that everything else runs at full speed.
_COUNTER = sys.monitoring.PROFILER_ID
# Far more than a script of a runbook executes, and a few seconds here.
_MOST_LINES = 2_000_000


class _Context(dict):
    """The handler's second argument. What AWS puts into it is not documented."""

    def __missing__(self, key):
        host.refuse(f"a script reads {key!r} from its context, which the rehearsal does not model")

    def get(self, key, default=None):
        return self[key]


def run(script, handler, events):
    """Gives JSON: the payload with what was printed, or a traceback, or that the rehearsal ended the script."""
    printed = io.StringIO()
    try:
        with (
            _fresh(script) as module,
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
            _counting_lines(_compiled(script)),
        ):
            payload = _returned(module, script, handler, json.loads(events))
            return f'{{"payload": {payload}, "printed": {json.dumps(printed.getvalue())}}}'
    except host.Ended:
        return '{"ended": true}'
    except BaseException as error:  # A script's sys.exit() fails the step too.
        return json.dumps({"traceback": _traceback(error)})
    finally:
        host.release()


@contextlib.contextmanager
def _fresh(script):
    """A namespace for one run: nothing that a script defines, and no variable of its environment, reaches the next."""
    module = types.ModuleType(_MODULE)
    module.__file__ = host.SCRIPT_FILE
    module.__builtins__ = {**vars(builtins), "__import__": guarded_import}
    environment = dict(os.environ)
    sys.modules[_MODULE] = module
    # Tracebacks show the lines of the script.
    linecache.cache[host.SCRIPT_FILE] = (len(script), None, script.splitlines(True), host.SCRIPT_FILE)
    try:
        yield module
    finally:
        sys.modules.pop(_MODULE, None)
        os.environ.clear()
        os.environ.update(environment)


@functools.lru_cache(maxsize=32)
def _compiled(script):
    """Of a runbook's scripts each runs every night."""
    return compile(script, host.SCRIPT_FILE, "exec")


@contextlib.contextmanager
def _counting_lines(code):
    """Virtual time stands still while a script computes, so one that computes for ever would hang the rehearsal."""
    lines = 0

    def count(*_where):
        nonlocal lines
        lines += 1
        if lines > _MOST_LINES:
            host.refuse(f"a script executes more than {_MOST_LINES} lines, which the rehearsal does not wait for")

    monitoring = sys.monitoring
    # A loop can stay on one line, which is one line then, and any number of jumps.
    line, jump = monitoring.events.LINE, monitoring.events.JUMP
    monitoring.use_tool_id(_COUNTER, "rehearsal lines")
    try:
        monitoring.register_callback(_COUNTER, line, count)
        monitoring.register_callback(_COUNTER, jump, count)
        for part in _parts(code):
            monitoring.set_local_events(_COUNTER, part, line | jump)
        yield
    finally:
        monitoring.free_tool_id(_COUNTER)


def _parts(code):
    """The code of a module and of all the functions in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _parts(constant)


def _returned(module, script, handler, events):
    exec(_compiled(script), vars(module))
    payload = json.dumps(getattr(module, handler)(events, _Context()), allow_nan=False)
    size = len(payload.encode())
    if size > _LARGEST_PAYLOAD:
        raise ValueError(f"the handler returned {size} bytes, Automation takes {_LARGEST_PAYLOAD}")
    return payload


def _traceback(error):
    """As the script's author would see it: without the frames of this file."""
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename == __file__:
        frames = frames.tb_next
    return "".join(traceback.format_exception(type(error), error, frames)).rstrip("\n")
