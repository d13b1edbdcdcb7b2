"""How values travel between Python and JavaScript; see wire.ts."""

import datetime
import json

_TIME = "__rehearsal_time__"
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
_MILLISECOND = datetime.timedelta(milliseconds=1)


def dumps(value):
    return json.dumps(value, default=_time, allow_nan=False)


def loads(text):
    return json.loads(text, object_hook=_moment)


def _time(value):
    # A naive datetime means local time to boto3, and that is UTC here.
    aware = value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)
    return {_TIME: (aware - _EPOCH) // _MILLISECOND}


def _moment(members):
    if _TIME not in members:
        return members
    return _EPOCH + members[_TIME] * _MILLISECOND
