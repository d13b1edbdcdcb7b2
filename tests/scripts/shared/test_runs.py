from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from executions import Executions, run_id
from shared.dry_runs import find_earlier_run
from shared.earlier_runs import read_earlier_runs
from shared.ended_runs import is_at_work
from shared.run_records import read_run
from shared.runs_at_work import read_runs_at_work
from shared.ssm_client import ssm
from support import Clock, Stub, refusal

OWN, OTHER = run_id(5), run_id(9)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("status", ["Pending", "InProgress", "Waiting", "Cancelling", "SomethingNew"])
def test_a_run_is_at_work_until_its_status_is_known_to_be_final(executions: Executions, status: str) -> None:
    assert is_at_work(executions.add(OTHER, "create", status=status))


@pytest.mark.parametrize("status", ["Success", "Failed", "TimedOut", "Cancelled", "CompletedWithFailure"])
def test_a_run_that_ended_is_not_at_work(executions: Executions, status: str) -> None:
    assert not is_at_work(executions.add(OTHER, "create", status=status))


@pytest.mark.usefixtures("executions")
def test_a_run_that_systems_manager_forgot_is_not_at_work() -> None:
    assert not is_at_work(OTHER)


def test_a_run_that_cannot_be_read_is_not_taken_for_one_that_ended(stub: Stub) -> None:
    stub(ssm, "get_automation_execution", refusal("AccessDeniedException"))
    with pytest.raises(ClientError, match="AccessDenied"):
        is_at_work(OTHER)


def test_runs_at_work_come_from_all_pages_in_the_order_of_their_start(
    executions: Executions, clock: Clock
) -> None:
    for number in (3, 1, 4, 2, 5):
        executions.add(run_id(number), "create", started=clock.now - number * MINUTE)
    assert [one["AutomationExecutionId"] for one in read_runs_at_work("create")] == [
        run_id(number) for number in (5, 4, 3, 2, 1)
    ]


@pytest.mark.parametrize("status", ["Pending", "InProgress", "Waiting", "Cancelling"])
def test_a_run_that_is_not_finished_is_listed(executions: Executions, status: str) -> None:
    executions.add(OTHER, "create", status=status)
    assert [one["AutomationExecutionId"] for one in read_runs_at_work("create")] == [OTHER]


def test_a_runbook_whose_name_only_begins_alike_is_another_one(executions: Executions) -> None:
    executions.add(OTHER, "create-image")
    assert read_runs_at_work("create") == []


def test_a_run_that_is_queued_does_not_count(executions: Executions) -> None:
    executions.add(OTHER, "create", status="Pending")
    del executions.runs[OTHER]["ExecutionStartTime"]
    assert read_runs_at_work("create") == []


def earlier_than(execution_id: str) -> list[str]:
    return [one["AutomationExecutionId"] for one in read_earlier_runs(read_run(execution_id))]


def test_the_run_that_started_first_goes_on(executions: Executions, clock: Clock) -> None:
    executions.add(OTHER, "create", started=clock.now - MINUTE)
    executions.add(OWN, "create")
    assert earlier_than(OWN) == [OTHER]
    assert earlier_than(OTHER) == []


def test_of_two_that_started_at_once_exactly_one_goes_on(executions: Executions) -> None:
    executions.add(OTHER, "create")
    executions.add(OWN, "create")
    assert earlier_than(OTHER) == [OWN]
    assert earlier_than(OWN) == []


def test_a_run_with_targets_does_not_yield_to_the_run_that_started_it(
    executions: Executions, clock: Clock
) -> None:
    executions.add(OTHER, "create", started=clock.now - MINUTE)
    executions.add(OWN, "create", ParentAutomationExecutionId=OTHER)
    assert earlier_than(OWN) == []


@pytest.mark.parametrize(("dry", "yields"), [("true", False), ("True", False), ("false", True)])
def test_nobody_yields_to_a_dry_run(executions: Executions, clock: Clock, *, dry: str, yields: bool) -> None:
    executions.add(OTHER, "retire", started=clock.now - MINUTE, Parameters={"DryRun": [dry]})
    executions.add(OWN, "retire")
    assert bool(find_earlier_run(OWN)) is yields


def test_a_dry_run_does_not_hide_another_one(executions: Executions, clock: Clock) -> None:
    executions.add(run_id(1), "retire", started=clock.now - 2 * MINUTE, Parameters={"DryRun": ["true"]})
    executions.add(OTHER, "retire", started=clock.now - MINUTE, Parameters={})
    executions.add(OWN, "retire")
    assert find_earlier_run(OWN)["AutomationExecutionId"] == OTHER
