"""What stays of a group whose launch template takes its image from a parameter."""

from typing import Any

import pytest

from estate import EVENT, GROUP, Estate, image_id, template_id
from retire_images.retire_beside_parameter import retire_beside_parameter
from shared.ssm_client import ssm
from support import refusal

NAME = "/images/web"


@pytest.fixture
def named(estate: Estate) -> Estate:
    """The parameter names image 1."""
    estate.configurations.clear()
    number = estate.add_version(1, 1, ours=False, age=99)
    estate.templates[template_id(1)][number]["LaunchTemplateData"]["ImageId"] = f"resolve:ssm:{NAME}"
    estate.groups.clear()
    estate.add_group(LaunchTemplate={"LaunchTemplateId": template_id(1), "Version": "$Default"})
    point(1)
    return estate


def point(number: int) -> None:
    value: Any = {"Value": image_id(number), "Type": "String", "DataType": "aws:ec2:image"}
    ssm.put_parameter(Name=NAME, Overwrite=True, **value)


def retire(**changes: Any) -> dict[str, Any]:
    event: Any = {**EVENT, **changes}
    return retire_beside_parameter(event, None)


def test_keeps_what_the_parameter_names_and_what_it_named_before(named: Estate) -> None:
    named.add_image(4)
    found = retire()
    assert found["EarlierRun"] == "none"
    assert set(named.images) == {image_id(1), image_id(2)}


def test_keeps_an_old_image_that_the_parameter_names_again(named: Estate) -> None:
    point(3)
    found = retire()
    assert image_id(3) in named.images
    assert f"image {image_id(3)} (used by Auto Scaling group {GROUP})" in found["Kept"]


def test_deletes_as_usual_where_the_group_has_no_parameter_any_more(named: Estate) -> None:
    named.templates[template_id(1)][1]["LaunchTemplateData"]["ImageId"] = image_id(1)
    retire()
    assert set(named.images) == {image_id(1), image_id(2)}
    named.groups.clear()
    named.add_configuration(1)
    named.add_group(LaunchConfigurationName=next(iter(named.configurations)))
    assert retire()["EarlierRun"] == "none"


def test_deletes_nothing_where_the_parameter_cannot_be_read(named: Estate) -> None:
    named.stub(ssm, "get_parameter", refusal("AccessDeniedException", "You may not"))
    with pytest.raises(Exception, match="You may not: run pulumi up, because the permissions are for one"):
        retire()
    assert len(named.images) == 3


def test_a_dry_run_deletes_nothing(named: Estate) -> None:
    found = retire(DryRun=True)
    assert f"image {image_id(3)}" in found["Retired"]
    assert len(named.images) == 3


def test_yields_to_an_earlier_run(named: Estate) -> None:
    named.executions.add("11111111-1111-4111-8111-111111111111", "web-retire")
    run = named.executions.runs["11111111-1111-4111-8111-111111111111"]
    run["ExecutionStartTime"] = run["ExecutionStartTime"].replace(year=2025)
    assert retire()["EarlierRun"] == "11111111-1111-4111-8111-111111111111"
    assert len(named.images) == 3
