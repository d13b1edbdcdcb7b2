from typing import Any

import pytest

from golden import GROUP, launch_instance
from shared.ec2_client import ec2
from shared.image_ownership import is_own_image
from shared.retire_state import read_own_images
from shared.tags import GROUP_TAG
from support import Stub

INSTANCE = "i-0123456789abcdef0"


def image(**changes: Any) -> dict[str, Any]:
    tags = [{"Key": GROUP_TAG, "Value": GROUP}]
    return {"Name": f"{INSTANCE}_2026-03-02", "SourceInstanceId": INSTANCE, "Tags": tags, **changes}


@pytest.mark.parametrize("name", [f"{INSTANCE}_2026-03-02", f"{INSTANCE}_2026-03-02_05.30.00"])
def test_an_image_with_our_tag_and_our_form_of_name_is_ours(name: str) -> None:
    assert is_own_image(image(Name=name), GROUP)


@pytest.mark.parametrize(
    "changes",
    [
        {"Tags": []},
        {"Tags": [{"Key": GROUP_TAG, "Value": "web-2"}]},
        # A copy has the tags, and no source instance.
        {"SourceInstanceId": ""},
        {"SourceInstanceId": "i-0fedcba9876543210"},
        {"Name": f"{INSTANCE}_2026-03-02 (copy)"},
        {"Name": f"{INSTANCE}_2026-03-02_05:30:00"},
        {"Name": f"{INSTANCE}_before-the-upgrade"},
    ],
)
def test_whatever_differs_from_that_is_not(changes: dict[str, Any]) -> None:
    assert not is_own_image(image(**changes), GROUP)


def test_an_image_without_name_tags_and_source_instance_is_not_ours() -> None:
    assert not is_own_image({}, GROUP)


def make_image(name: str, group: str) -> str:
    instance_id = launch_instance()
    tags: Any = [{"ResourceType": "image", "Tags": [{"Key": GROUP_TAG, "Value": group}]}]
    made = ec2.create_image(InstanceId=instance_id, Name=name.format(instance_id), TagSpecifications=tags)
    return made["ImageId"]


def test_the_images_of_one_group_are_read_and_no_others() -> None:
    own = make_image("{}_2026-03-02", GROUP)
    make_image("{}_2026-03-02", "web-2")
    make_image("by-hand", GROUP)
    assert [one["ImageId"] for one in read_own_images(GROUP)] == [own]


def test_an_image_that_is_gone_is_not_read_and_a_disabled_one_is(stub: Stub) -> None:
    gone, disabled = image(State="deregistered"), image(State="disabled")
    stub(ec2, "describe_images", {"Images": [gone, disabled]})
    assert read_own_images(GROUP) == [disabled]
    assert stub.calls_of("describe_images")[0]["IncludeDisabled"] is True


def test_a_backslash_in_a_group_s_name_is_no_escape(stub: Stub) -> None:
    stub(ec2, "describe_images", {"Images": []})
    read_own_images("web\\1")
    assert stub.calls_of("describe_images")[0]["Filters"][0]["Values"] == ["web\\\\1"]
