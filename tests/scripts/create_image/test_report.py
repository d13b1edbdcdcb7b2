from create_image.report import report
from executions import PLACEHOLDER, Executions, run_id

EARLIER, ROLL_OUT = run_id(1), run_id(2)


def test_a_run_that_yielded_names_the_one_that_goes_on() -> None:
    told = report(
        {
            "InstanceId": "i-1",
            "EarlierRun": EARLIER,
            "Outliving": ["none"],
            "Unchanged": PLACEHOLDER,
            "ImageId": PLACEHOLDER,
            "ImageName": PLACEHOLDER,
            "RollOutExecutionId": PLACEHOLDER,
        },
        None,
    )
    assert told == {
        "InstanceId": "i-1",
        "Summary": f"Run {EARLIER} is at work and goes on: this run made nothing.",
        "ImageId": "none",
        "ImageName": "none",
        "RollOutExecutionId": "none",
        "EarlierRun": EARLIER,
        "Outliving": ["none"],
        "Unchanged": "none",
    }


def test_a_run_that_did_its_work_says_so_and_what_the_roll_out_did(executions: Executions) -> None:
    summary = "Auto Scaling group web now launches image ami-1."
    executions.add(ROLL_OUT, "roll-out", status="Success", Outputs={"report.Summary": [summary]})
    told = report(
        {
            "InstanceId": "i-1",
            "EarlierRun": "none",
            "Outliving": ["none"],
            "ImageId": "ami-1",
            "ImageName": "i-1_2026-03-02",
            "RollOutExecutionId": ROLL_OUT,
        },
        None,
    )
    assert told == {
        "InstanceId": "i-1",
        "Summary": "Image ami-1 (i-1_2026-03-02) of golden instance i-1 was made and rolled out: " + summary,
        "ImageId": "ami-1",
        "ImageName": "i-1_2026-03-02",
        "RollOutExecutionId": ROLL_OUT,
        "EarlierRun": "none",
        "Outliving": ["none"],
        "Unchanged": "none",
    }


def test_volumes_that_outlive_instances_are_named(executions: Executions) -> None:
    executions.add(ROLL_OUT, "roll-out", status="Success", Outputs={"report.Summary": ["It launches ami-1."]})
    told = report(
        {
            "InstanceId": "i-1",
            "EarlierRun": "none",
            "Outliving": ["/dev/sdf", "/dev/sdg"],
            "ImageId": "ami-1",
            "ImageName": "i-1_2026-03-02",
            "RollOutExecutionId": ROLL_OUT,
        },
        None,
    )
    assert str(told["Summary"]).endswith(
        "It launches ami-1. Volumes at /dev/sdf, /dev/sdg outlive each instance that is launched, and cost "
        "money until somebody deletes them: set DeleteOnTermination on the golden instance, or exclude the "
        "devices."
    )


def test_a_run_that_found_nothing_changed_says_so() -> None:
    told = report(
        {
            "InstanceId": "i-1",
            "EarlierRun": "none",
            "Outliving": ["none"],
            "Unchanged": "ami-1",
            "ImageId": PLACEHOLDER,
            "ImageName": PLACEHOLDER,
            "RollOutExecutionId": PLACEHOLDER,
        },
        None,
    )
    assert told == {
        "InstanceId": "i-1",
        "EarlierRun": "none",
        "Outliving": ["none"],
        "Unchanged": "ami-1",
        "ImageId": "none",
        "ImageName": "none",
        "RollOutExecutionId": "none",
        "Summary": "Nothing changed: golden instance i-1 has been stopped since image ami-1 was made of it, "
        "which the group launches, so that this run made nothing.",
    }


def test_what_was_run_on_the_golden_instance_comes_first(executions: Executions) -> None:
    patch = run_id(3)
    executions.add(ROLL_OUT, "roll-out", status="Success", Outputs={"report.Summary": ["It launches."]})
    executions.add(patch, "patch", status="Success", Outputs={"report.Summary": ["It was patched."]})
    told = report(
        {
            "InstanceId": "i-1",
            "EarlierRun": "none",
            "Outliving": ["none"],
            "ImageId": "ami-1",
            "ImageName": "i-1_2026-03-02",
            "RollOutExecutionId": ROLL_OUT,
            "PatchExecutionId": patch,
        },
        None,
    )
    assert str(told["Summary"]).startswith("It was patched. Image ami-1 (i-1_2026-03-02) of golden instance")
