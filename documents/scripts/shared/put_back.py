"""What a run changed before it failed is put back, so that the group launches what it launched before."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError

from shared.data import Data
from shared.denials import explain_denial

# After so long a call that got no answer is made, or never will be.
LATE_SECONDS = 60


# Puts a change back, or gives the reason why it cannot. Is told whether the change was answered: where it was
# not, it may have been made or not, and this looks first.
Restore = Callable[[bool], str | None]


@dataclass
class Change:
    what: str
    restore: Restore
    answered: bool = False


def make_change(changes: list[Change], what: str, make: Callable[[], Data], restore: Restore) -> Data:
    """Remembers how to put it back, before it is made. The newest change comes first."""
    change = Change(what, restore)
    changes.insert(0, change)
    answer = make()
    change.answered = True
    return answer


def put_back(error: Exception, changes: list[Change], unused: list[Change]) -> Exception:
    """What to raise, when everything is back, and at last what nothing uses any more then."""
    stuck = restore_all(changes)
    late = [change for change in changes if not change.answered]
    if late and not stuck and isinstance(error, BotoCoreError):
        time.sleep(LATE_SECONDS)
        stuck = restore_all(late)
    stuck = stuck or restore_all(unused)
    if not stuck:
        return explain_denial(error)
    return Exception(
        f"The run failed ({error}), and this could not be put back: {'; '.join(stuck)}; do so by hand."
    )


def restore_all(changes: list[Change]) -> list[str]:
    """What could not be, and why."""
    stuck = []
    for change in changes:
        try:
            problem = change.restore(change.answered)
        except (BotoCoreError, ClientError) as failure:
            problem = str(failure)
        if problem:
            stuck.append(f"{change.what} ({problem})")
    return stuck
