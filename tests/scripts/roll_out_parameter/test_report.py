from typing import Any

from launching import image_id
from roll_out_parameter.report import report

SOURCE = "parameter /images/web of launch template web (lt-1) version 1"
EVENT: Any = {
    "AutoScalingGroupName": "web",
    "ImageId": image_id(2),
    "ImageName": "i-1_2026-03-02",
    "ParameterVersion": "5",
    "Before": {
        "Parameter": "/images/web",
        "ParameterVersion": "4",
        "PreviousImageId": image_id(1),
        "PreviousLaunchSource": SOURCE,
    },
    "Pause": "true",
    "RuleName": "nightly",
}


def test_says_what_the_group_launches_now_and_what_it_launched_before() -> None:
    assert (
        report(EVENT, None).items()
        >= {
            "Summary": (
                f"Auto Scaling group web now launches image {image_id(2)} (i-1_2026-03-02) through version 5 "
                f"of parameter /images/web; before, it launched image {image_id(1)} through {SOURCE}."
            ),
            "ParameterName": "/images/web",
            "ParameterVersion": "5",
            "PreviousImageId": image_id(1),
            "PreviousLaunchSource": SOURCE,
            "Schedule": (
                "off, so that nothing rolls forward again; turn it on with: aws events enable-rule --name "
                "nightly"
            ),
        }.items()
    )
