"""Writes down what was rolled out; or says what became of the refresh, of the group and of its instances."""

from shared.launch_changes import list_made, read_changes
from shared.refresh_report import ReportEvent, conclude_refresh
from shared.source_now import compare_source
from shared.unused_versions import delete_unused


def report(event: ReportEvent, _context: object) -> dict[str, str]:
    made = list_made(read_changes(event["HandedOn"]))
    return conclude_refresh(
        event,
        lambda group: compare_source(group, event["HandedOn"]),
        lambda group: delete_unused(group, made),
    )
