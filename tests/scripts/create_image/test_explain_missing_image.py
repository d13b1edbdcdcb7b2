import re
from typing import Any

import pytest

from create_image.explain_missing_image import explain_missing_image
from shared.ec2_client import ec2
from support import Stub, refusal


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ({"Images": [{"State": "pending"}]}, "is pending"),
        (
            {"Images": [{"State": "failed", "StateReason": {"Message": "Client.InternalError"}}]},
            "is failed (Client.InternalError)",
        ),
        ({"Images": []}, "does not exist any more"),
        (refusal("InvalidAMIID.NotFound"), "cannot be read (InvalidAMIID.NotFound)"),
    ],
)
def test_it_says_what_became_of_the_image(stub: Stub, answer: Any, outcome: str) -> None:
    stub(ec2, "describe_images", answer)
    sentence = (
        "Image ami-1 of golden instance i-1 did not become available, for which the run waits up to "
        f"12 hours: it {outcome}; the group was not changed: look at it, and start the runbook again."
    )
    with pytest.raises(Exception, match=f"^{re.escape(sentence)}$"):
        explain_missing_image({"ImageId": "ami-1", "InstanceId": "i-1"}, None)
