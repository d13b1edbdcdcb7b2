from watch.report import report


def test_says_what_was_measured() -> None:
    event = {
        "AutoScalingGroupName": "web",
        "HoursSinceSuccess": "23.5",
        "ImageAgeDays": "1.0",
        "ImageId": "ami-1",
    }
    assert report(event, None) == {  # type: ignore[arg-type]
        **event,
        "Summary": (
            "Image ami-1, the oldest that Auto Scaling group web launches, is 1.0 days old; the last "
            "success was 23.5 hours ago."
        ),
    }
