"""Writes down what was rolled out; or says what became of the refresh, of the group and of its instances."""

from functools import partial

from shared.comparison import compare
from shared.data import Data
from shared.handed_on import read_handed_on
from shared.refresh_report import ReportEvent, conclude_refresh


def report(event: ReportEvent, _context: object) -> dict[str, str]:
    handed = read_handed_on(event["HandedOn"])
    # A launch configuration that nothing uses is left to retire.
    return conclude_refresh(event, partial(compare_configuration, handed), lambda _: [])


def compare_configuration(handed: dict[str, str], group: Data) -> set[str]:
    now = group.get("LaunchConfigurationName")
    return {compare(now, handed["Previous"], handed["LaunchConfigurationName"])}
