from shared.answers import read_pages
from shared.ec2_client import ec2
from support import Stub


def test_all_pages_are_read(stub: Stub) -> None:
    first, second = {"VolumeId": "vol-1"}, {"VolumeId": "vol-2"}
    stub(ec2, "describe_volumes", {"Volumes": [first], "NextToken": "more"}, {"Volumes": [second]})
    assert read_pages(ec2, "describe_volumes", "Volumes", VolumeIds=["vol-1", "vol-2"]) == [first, second]
    assert stub.calls_of("describe_volumes")[1]["NextToken"] == "more"
