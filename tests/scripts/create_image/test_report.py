from create_image.report import report
from executions import PLACEHOLDER, Executions, run_id

EARLIER, ROLL_OUT = run_id(1), run_id(2)


def test_a_run_that_yielded_names_the_one_that_goes_on() -> None:
    told = report(
        {
            "InstanceId": "i-1",
            "EarlierRun": EARLIER,
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
    }


def test_a_run_that_did_its_work_says_so_and_what_the_roll_out_did(executions: Executions) -> None:
    summary = "Auto Scaling group web now launches image ami-1."
    executions.add(ROLL_OUT, "roll-out", status="Success", Outputs={"report.Summary": [summary]})
    told = report(
        {
            "InstanceId": "i-1",
            "EarlierRun": "none",
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
    }
