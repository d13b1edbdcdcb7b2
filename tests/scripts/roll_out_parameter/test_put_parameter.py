"""Giving the parameter an image, seeing it there, writing that down, and putting everything back."""

from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from executions import run_id
from launching import GROUP, NO_ANSWER, OWN_RUN, ROLL_OUT, Account, image_id
from roll_out_parameter.check_group import check_group
from roll_out_parameter.put_parameter import put_parameter
from shared.ec2_client import ec2
from shared.ssm_client import ssm
from support import Clock, refusal

NAME = "/images/web"
DENIED = refusal("AccessDeniedException", "You may not")


class Store:
    """A parameter of which AWS looks at new images when the call was answered."""

    def __init__(self, account: Account, clock: Clock) -> None:
        self.versions, self.pending = [image_id(1)], list[tuple[float, str]]()
        self.account, self.clock, self.seconds = account, clock, 15
        # The last answer again and again: "ok", "lost", "done and lost", or an error.
        self.answers: list[Any] = ["ok"]
        account.stub(ssm, "get_parameter", lambda _: self.get())
        account.stub(ssm, "put_parameter", self.put)

    def get(self) -> Any:
        due = [value for at, value in self.pending if at <= self.clock.time()]
        self.pending = [one for one in self.pending if one[0] > self.clock.time()]
        self.versions += [value for value in due if value in self.account.images]
        value, number = self.versions[-1], len(self.versions)
        return {"Parameter": {"Name": NAME, "Value": value, "Version": number, "DataType": "aws:ec2:image"}}

    def put(self, asked: Any) -> Any:
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer in ("ok", "done and lost"):
            self.pending.append((self.clock.time() + self.seconds, asked["Value"]))
        lost = NO_ANSWER if "lost" in str(answer) else answer
        return {"Version": len(self.versions) + len(self.pending)} if answer == "ok" else lost


@pytest.fixture
def store(account: Account, clock: Clock) -> Store:
    return Store(account, clock)


def prepare(**changes: Any) -> Any:
    event: Any = {
        "ImageId": image_id(2),
        "AutoScalingGroupName": GROUP,
        "AllowSharedTemplate": False,
        "CustomerKeyReady": False,
        "PauseSchedule": "auto",
        **changes,
    }
    found = check_group(event, None)
    return {"ExecutionId": OWN_RUN, **event, "ImageId": found["ImageId"], "Before": found["Before"]}


def fail(event: Any, sentence: str) -> None:
    with pytest.raises(Exception, match=sentence):
        put_parameter(event, None)


def test_gives_the_parameter_the_image_waits_for_it_and_writes_that_down(
    account: Account, store: Store
) -> None:
    assert put_parameter(prepare(), None) == {"ParameterVersion": "2"}
    assert store.versions == [image_id(1), image_id(2)]
    (asked,) = account.stub.calls_of("put_parameter")
    assert asked == {
        "Name": NAME,
        "Value": image_id(2),
        "Type": "String",
        "DataType": "aws:ec2:image",
        "Overwrite": True,
    }
    tags = account.tags_of_image(2)
    assert tags["ami-refresh:rolled-out"] == "2026-03-02T05:30:15Z"
    assert tags["ami-refresh:previous-image"] == image_id(1)


def test_only_writes_down_what_is_named_already(account: Account, store: Store) -> None:
    store.versions = [image_id(2)]
    assert put_parameter(prepare(), None) == {"ParameterVersion": "1"}
    assert account.stub.calls_of("put_parameter") == []
    assert "ami-refresh:previous-image" not in account.tags_of_image(2)


def test_changes_nothing_beside_another_roll_out(account: Account, store: Store) -> None:
    event = prepare()
    account.executions.add(run_id(50), ROLL_OUT)
    account.executions.runs[run_id(50)]["ExecutionStartTime"] = account.executions.runs[OWN_RUN][
        "ExecutionStartTime"
    ].replace(year=2025)
    fail(event, "is at work and goes on")
    assert store.pending == []


@pytest.mark.parametrize("what", ["group", "template", "parameter", "kind"])
def test_changes_nothing_when_something_changed_meanwhile(account: Account, store: Store, what: str) -> None:
    event, template = prepare(), "lt-00000000000000001"
    if what == "group":
        account.groups[GROUP]["LaunchTemplate"] = account.refer(template, "$Latest")
    elif what == "template":
        account.groups[GROUP]["LaunchTemplate"] = account.refer(template, "1")
        account.templates[template]["versions"][1]["LaunchTemplateData"]["ImageId"] = "resolve:ssm:/other"
    elif what == "parameter":
        store.versions.append(image_id(1))
    else:
        del account.groups[GROUP]["LaunchTemplate"]
    fail(event, f"^What Auto Scaling group {GROUP} launches from changed during this run, and was left as")
    assert account.stub.calls_of("put_parameter") == []


def test_changes_nothing_for_an_image_that_is_gone(account: Account, store: Store) -> None:
    event = prepare()
    account.images[image_id(2)]["State"] = "disabled"
    fail(event, f"Image {image_id(2)} is disabled and not available any more")
    assert store.pending == []


def test_puts_the_value_back_that_may_still_come(account: Account, store: Store, clock: Clock) -> None:
    """AWS took the image, and somebody deletes it before AWS has looked."""
    event = prepare()
    store.seconds = 175
    image = account.images.pop(image_id(2))
    account.stub(ec2, "describe_images", {"Images": [image]}, account.describe_images)
    fail(
        event, f"^AWS took image {image_id(2)} for parameter {NAME}, which names {image_id(1)} after 180 sec"
    )
    assert store.versions == [image_id(1), image_id(1)]
    # Till AWS has looked at both.
    assert clock.now.minute == 35


@pytest.mark.usefixtures("store")
def test_says_what_aws_does_not_take_back(account: Account) -> None:
    account.stub(ec2, "create_tags", refusal("UnauthorizedOperation", "You may not"))
    event = prepare()
    del account.images[image_id(1)]
    account.stub(ec2, "describe_images", account.describe_images)
    fail(event, f"could not be put back: parameter {NAME} \\(it names {image_id(2)}, and AWS does not take ")


def test_leaves_what_somebody_else_wrote(account: Account, store: Store) -> None:
    event = prepare()

    def write_and_refuse(_: Any) -> Any:
        store.versions.append(image_id(9))
        return refusal("UnauthorizedOperation", "You may not")

    account.stub(ec2, "create_tags", write_and_refuse)
    fail(event, r"could not be put back: parameter /images/web \(it names something else by now\)")
    assert store.versions[-1] == image_id(9)


def test_a_denied_change_is_none(store: Store) -> None:
    store.answers = [DENIED]
    fail(prepare(), r"^An error occurred .*You may not: run pulumi up, because the permissions are for one ")
    assert store.versions == [image_id(1)]


@pytest.mark.parametrize("answer", ["lost", "done and lost"])
def test_looks_whether_a_change_without_an_answer_was_made(store: Store, clock: Clock, answer: str) -> None:
    event = prepare()
    store.answers = [answer, "ok"]
    with pytest.raises(ReadTimeoutError):
        put_parameter(event, None)
    clock.sleep(3600)
    store.get()
    assert store.versions[-1] == image_id(1)
    assert (image_id(2) in store.versions) == (answer == "done and lost")


def test_an_error_after_the_effect_is_no_failure_to_put_back(store: Store) -> None:
    event = prepare()
    store.answers = ["done and lost"]
    with pytest.raises(ReadTimeoutError):
        put_parameter(event, None)
    assert store.versions[-1] == image_id(1)
