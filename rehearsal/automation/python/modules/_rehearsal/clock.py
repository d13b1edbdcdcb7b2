"""Gives Python the virtual clock. To be imported before anything that imports datetime."""

import sys

# The C implementations ask the machine for the time. Without them the standard library falls back to its own Python
# ones, which ask the module `time`, and that one can be told what to answer.
sys.modules["_datetime"] = None
sys.modules["_zoneinfo"] = None

import calendar  # noqa: E402
import time  # noqa: E402

from . import host  # noqa: E402

_gmtime = time.gmtime
_asctime = time.asctime
_strftime = time.strftime


def _seconds():
    return host.now() / 1000


def _nanoseconds(*_ignored):
    return int(host.now()) * 1_000_000


def _sleep(seconds):
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    host.sleep(float(seconds))


def _utc(seconds=None):
    return _gmtime(_seconds() if seconds is None else seconds)


def _install():
    for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
        setattr(time, name, _seconds)
        setattr(time, f"{name}_ns", _nanoseconds)
    time.clock_gettime = lambda _clock: _seconds()
    time.clock_gettime_ns = _nanoseconds
    time.sleep = _sleep
    # Automation's machines keep UTC.
    time.gmtime = time.localtime = _utc
    time.mktime = lambda moment: float(calendar.timegm(moment))
    time.timezone = time.altzone = time.daylight = 0
    time.tzname = ("UTC", "UTC")
    time.ctime = lambda seconds=None: _asctime(_utc(seconds))
    time.asctime = lambda moment=None: _asctime(_utc() if moment is None else moment)
    time.strftime = lambda form, moment=None: _strftime(form, _utc() if moment is None else moment)


_install()
