"""Which images are being rolled out."""

from shared.run_records import read_run
from shared.runs_at_work import read_runs_at_work


def read_rolling_out(document_name: str) -> set[str]:
    """The images with which roll-outs were started that are at work, those of other groups too."""
    runs = [read_run(one["AutomationExecutionId"]) for one in read_runs_at_work(document_name)]
    return {image_id for run in runs for image_id in run.get("Parameters", {}).get("ImageId", [])}
