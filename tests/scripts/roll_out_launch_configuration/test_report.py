from launching import image_id
from roll_out_launch_configuration.report import report


def test_says_what_the_group_launches_now_and_what_it_launched_before() -> None:
    before = {
        "PreviousLaunchConfigurationName": "web-initial",
        "PreviousImageId": image_id(1),
    }
    outputs = report(
        {
            "AutoScalingGroupName": "web",
            "ImageId": image_id(2),
            "ImageName": "i-1_2026-03-02",
            "LaunchConfigurationName": "web_2026-03-02",
            "Lost": "none",
            "Before": before,
            "Pause": "false",
            "RuleName": "nightly",
            "ReplaceInstances": "false",
        },
        None,
    )
    assert outputs["Summary"] == (
        f"Auto Scaling group web now launches image {image_id(2)} (i-1_2026-03-02) through launch "
        f"configuration web_2026-03-02; before, it launched image {image_id(1)} through launch configuration "
        "web-initial."
    )
    expected = {
        "ImageId": image_id(2),
        "ImageName": "i-1_2026-03-02",
        "LaunchConfigurationName": "web_2026-03-02",
        "PreviousLaunchConfigurationName": "web-initial",
        "PreviousImageId": image_id(1),
    }
    assert outputs.items() >= expected.items()


def test_says_what_the_new_launch_configuration_no_longer_has() -> None:
    outputs = report(
        {
            "AutoScalingGroupName": "web",
            "ImageId": image_id(2),
            "ImageName": "i-1_2026-03-02",
            "LaunchConfigurationName": "web_2026-03-02",
            "Lost": "SpotPrice, /dev/sdb",
            "Before": {"PreviousLaunchConfigurationName": "web-initial", "PreviousImageId": image_id(1)},
            "Pause": "false",
            "RuleName": "nightly",
            "ReplaceInstances": "false",
        },
        None,
    )
    assert str(outputs["Summary"]).endswith(
        "web-initial. The new launch configuration no longer has what that one had: SpotPrice, /dev/sdb."
    )
