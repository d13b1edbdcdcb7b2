"""What a script may import: the standard library, boto3 and botocore."""

import builtins
import sys

from . import host

_GIVEN = {"boto3", "botocore"}

# They need threads, processes or a network, none of which the rehearsal has.
_NOT_MODELLED = {
    "asyncio",
    "concurrent",
    "ftplib",
    "http",
    "imaplib",
    "multiprocessing",
    "poplib",
    "select",
    "selectors",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "subprocess",
    "threading",
    "urllib.request",
    # AWS's machines know the time zones; here there is no data on them.
    "zoneinfo",
}

# In the standard library of the Python that runs here, not in that of 3.11.
_TOO_NEW = {"annotationlib", "compression"}

_IMPORTABLE = (sys.stdlib_module_names - _TOO_NEW) | _GIVEN


def guarded_import(name, globals=None, locals=None, fromlist=(), level=0):
    root = name.partition(".")[0]
    asked = {root, name, *(f"{name}.{item}" for item in fromlist or ())}
    if asked & _NOT_MODELLED:
        host.refuse(f"a script imports {name}, which the rehearsal does not model")
    if level == 0 and root not in _IMPORTABLE:
        raise ModuleNotFoundError(f"No module named '{name}'", name=name)
    return builtins.__import__(name, globals, locals, fromlist, level)
