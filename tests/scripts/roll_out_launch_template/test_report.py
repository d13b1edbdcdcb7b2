from typing import Any

import pytest

from launching import image_id
from roll_out_launch_template.report import report

SOURCE = "launch template web (lt-1) version 1"


def said(*versions: str, **before: str) -> dict[str, Any]:
    usual = {
        "PreviousLaunchSource": SOURCE,
        "ImageIds": image_id(1),
        "PreviousImageId": image_id(1),
        "LeftAlone": "none",
    }
    return report(
        {
            "AutoScalingGroupName": "web",
            "ImageId": image_id(2),
            "ImageName": "i-1_2026-03-02",
            "Versions": [*versions],
            "Before": {**usual, **before},
            "Changes": ["base lt-1 1 2 number"],
            "Pause": "false",
            "RuleName": "nightly",
            "ReplaceInstances": "false",
        },
        None,
    )


def test_hands_on_what_names_the_image_then_new_or_not() -> None:
    before = {
        "PreviousLaunchSource": SOURCE,
        "PreviousImageId": image_id(1),
        "LeftAlone": "none",
        "Seen": "f00",
        "IsOurs": "true",
        "ImageIds": image_id(1),
        "Launched": image_id(2),
        "Kept": f"0 lt-1 7 latest;1 {image_id(2)} image",
    }
    outputs = report(
        {
            "AutoScalingGroupName": "web",
            "ImageId": image_id(2),
            "ImageName": "i-1_2026-03-02",
            "Versions": ["lt-1 version 2"],
            "Before": before,
            "Changes": ["base lt-1 1 2 number"],
            "Pause": "true",
            "RuleName": "nightly",
            "ReplaceInstances": "true",
        },
        None,
    )
    assert outputs["HandedOn"] == [
        "Seen=f00",
        "IsOurs=true",
        f"ImageIds={image_id(1)}",
        f"Launched={image_id(2)}",
        f"ImageId={image_id(2)}",
        "Pause=true",
        f"Changes=base lt-1 1 2 number;0 lt-1 7 7 latest;1 {image_id(2)} image",
    ]


def test_says_what_the_group_launches_now_and_what_it_launched_before() -> None:
    assert (
        said("lt-1 version 2", "lt-2 version 4").items()
        >= {
            "Summary": (
                f"Auto Scaling group web now launches image {image_id(2)} (i-1_2026-03-02) through launch "
                "template lt-1 version 2, launch template lt-2 version 4; before, it launched image "
                f"{image_id(1)} through {SOURCE}."
            ),
            "ImageId": image_id(2),
            "ImageName": "i-1_2026-03-02",
            "Versions": ["lt-1 version 2", "lt-2 version 4"],
            "PreviousLaunchSource": SOURCE,
            "PreviousImageId": image_id(1),
            "LeftAlone": "none",
        }.items()
    )


@pytest.mark.parametrize(("before", "source"), [(image_id(1), "image ids of overrides"), ("none", SOURCE)])
def test_says_where_the_image_is_without_a_new_version(before: str, source: str) -> None:
    outputs = said("none", ImageIds=before)
    assert f"(i-1_2026-03-02) through {source}; before," in str(outputs["Summary"])
    assert outputs["Versions"] == ["none"]


def test_says_what_was_left_alone() -> None:
    outputs = said("lt-1 version 2", LeftAlone="override 3 (image ami-3)")
    assert outputs["Summary"].endswith(
        f"through {SOURCE}; of another architecture and left alone: override 3 (image ami-3)."
    )
    assert outputs["LeftAlone"] == "override 3 (image ami-3)"
