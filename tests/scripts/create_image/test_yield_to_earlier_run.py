from datetime import timedelta

from create_image.yield_to_earlier_run import yield_to_earlier_run
from executions import Executions, run_id
from support import Clock, Stub

OWN, OTHER = run_id(5), run_id(4)
DOCUMENT = "ami-refresh-create-image"


def ask() -> str:
    return yield_to_earlier_run({"ExecutionId": OWN}, None)["EarlierRun"]


def test_a_run_that_is_alone_goes_on(executions: Executions) -> None:
    executions.add(OWN, DOCUMENT)
    assert ask() == "none"


def test_an_earlier_run_that_is_at_work_is_named_at_once(executions: Executions, clock: Clock) -> None:
    executions.add(OTHER, DOCUMENT, started=clock.now - timedelta(hours=1))
    executions.add(OWN, DOCUMENT)
    start = clock.now
    assert ask() == OTHER
    assert clock.now == start


def test_a_later_run_and_one_that_ended_do_not_matter(executions: Executions, clock: Clock) -> None:
    executions.add(OTHER, DOCUMENT, started=clock.now - timedelta(hours=1), status="Failed")
    executions.add(OWN, DOCUMENT, started=clock.now - timedelta(seconds=2))
    executions.add(run_id(6), DOCUMENT)
    assert ask() == "none"


def test_of_a_doubled_start_one_run_goes_on_although_neither_is_listed_at_once(
    executions: Executions, clock: Clock
) -> None:
    executions.add(OTHER, DOCUMENT, listed_after=20)
    executions.add(OWN, DOCUMENT, listed_after=20)
    start = clock.now
    assert ask() == OTHER
    assert clock.now - start == timedelta(seconds=30)


def test_the_second_look_waits_for_no_more_than_what_is_left_of_the_thirty_seconds(
    executions: Executions, clock: Clock, stub: Stub
) -> None:
    executions.add(OWN, DOCUMENT, started=clock.now - timedelta(seconds=12))
    start = clock.now
    assert ask() == "none"
    assert clock.now - start == timedelta(seconds=18)
    assert len(stub.calls_of("describe_automation_executions")) == 2


def test_a_clock_that_is_wrong_makes_nobody_wait_for_long(executions: Executions, clock: Clock) -> None:
    executions.add(OWN, DOCUMENT, started=clock.now + timedelta(hours=1))
    start = clock.now
    assert ask() == "none"
    assert clock.now - start == timedelta(seconds=30)


def test_a_run_that_is_old_already_does_not_wait(executions: Executions, clock: Clock) -> None:
    executions.add(OWN, DOCUMENT, started=clock.now - timedelta(hours=1))
    start = clock.now
    assert ask() == "none"
    assert clock.now == start
