"""Finds an earlier run that is at work: that one goes on, and this one makes nothing."""

import time
from typing import TypedDict

from shared.earlier_runs import read_earlier_runs
from shared.run_records import read_run

# A run is perhaps not listed at once. Of two that EventBridge started together, each is by then.
LISTED_AFTER_SECONDS = 30


class Event(TypedDict):
    ExecutionId: str


def yield_to_earlier_run(event: Event, _context: object) -> dict[str, str]:
    own = read_run(event["ExecutionId"])
    earlier = read_earlier_runs(own)
    if not earlier:
        age = time.time() - own["ExecutionStartTime"].timestamp()
        # Two clocks are compared here, and they may differ.
        time.sleep(min(max(LISTED_AFTER_SECONDS - age, 0), LISTED_AFTER_SECONDS))
        earlier = read_earlier_runs(own)
    return {"EarlierRun": earlier[0]["AutomationExecutionId"] if earlier else "none"}
