"""How a roll-out writes the image into a parameter, for others to read."""

import pytest

from shared.publish_image import Event, publish_image
from shared.ssm_client import ssm
from support import Stub, refusal

EVENT: Event = {"ImageParameterName": "/web/ami", "ImageId": "ami-1"}


def test_the_parameter_gets_the_image_as_one_that_aws_checks(stub: Stub) -> None:
    stub(ssm, "put_parameter", {})
    publish_image(EVENT, None)
    assert stub.calls_of("put_parameter") == [
        {
            "Name": "/web/ami",
            "Value": "ami-1",
            "Type": "String",
            "DataType": "aws:ec2:image",
            "Overwrite": True,
        }
    ]


def test_nothing_is_written_before_the_group_launches_it(stub: Stub) -> None:
    stub(ssm, "put_parameter", {})
    publish_image({**EVENT, "ReplaceInstances": "true"}, None)
    # What stands in a file that somebody pastes.
    publish_image({**EVENT, "ImageParameterName": "none"}, None)
    assert stub.calls_of("put_parameter") == []


def test_what_cannot_be_written_is_said(stub: Stub) -> None:
    stub(ssm, "put_parameter", refusal("AccessDeniedException"))
    with pytest.raises(Exception, match=r"^The group launches image ami-1, but parameter /web/ami does not"):
        publish_image(EVENT, None)
