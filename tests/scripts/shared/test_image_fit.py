"""What decides whether an image starts where it is to be launched."""

from typing import Any

import pytest

from shared.image_fit import find_misfit
from shared.image_source import ImageSource

IMAGE = {"ImageId": "ami-2", "Architecture": "x86_64", "VirtualizationType": "hvm", "EnaSupport": True}
PRESENT = {**IMAGE, "ImageId": "ami-1"}
ARM = {"Architecture": "arm64"}


def instance_type(ena: str, tpm: str, *modes: str, architecture: str = "x86_64") -> dict[str, Any]:
    return {
        "ProcessorInfo": {"SupportedArchitectures": [architecture]},
        "SupportedVirtualizationTypes": ["hvm"],
        "SupportedBootModes": [*modes],
        "NetworkInfo": {"EnaSupport": ena},
        "NitroTpmSupport": tpm,
    }


# As EC2 tells of them.
TYPES = {
    "m5.large": instance_type("required", "supported", "legacy-bios", "uefi"),
    "m4.large": instance_type("supported", "unsupported", "legacy-bios"),
    "t2.micro": instance_type("unsupported", "unsupported", "legacy-bios"),
    "u7i.large": instance_type("required", "supported", "uefi"),
    "m6g.large": instance_type("required", "supported", "uefi", architecture="arm64"),
}


def find(
    image: dict[str, Any], present: dict[str, Any] | None, *types: str, names_tokens: bool = False
) -> str:
    source: ImageSource = {
        "name": "launch template web",
        "image_id": "ami-1",
        "types": [*types],
        "devices": [],
        "names_tokens": names_tokens,
    }
    return find_misfit(source, {**IMAGE, **image}, None if present is None else {**PRESENT, **present}, TYPES)


@pytest.mark.parametrize(
    ("image", "present", "type_name", "misfit"),
    [
        # ENA.
        ({"EnaSupport": False}, {}, "m5.large", "no ENA, which m5.large needs"),
        ({"EnaSupport": False}, {}, "m4.large", ""),
        ({"EnaSupport": False}, {}, "t2.micro", ""),
        ({}, {"EnaSupport": False}, "t2.micro", ""),
        ({"EnaSupport": False}, {}, "", "no ENA, which its image ami-1 needs"),
        ({"EnaSupport": False}, {"EnaSupport": False}, "", ""),
        ({}, {"EnaSupport": False}, "", ""),
        ({"EnaSupport": False}, None, "m5.large", "no ENA, which m5.large needs"),
        # TPM.
        ({"TpmSupport": "v2.0", "BootMode": "uefi"}, {}, "m5.large", ""),
        ({"TpmSupport": "v2.0"}, {}, "m4.large", "TPM v2.0, which m4.large lacks"),
        ({"TpmSupport": "v2.0"}, {}, "", "TPM v2.0, which its image ami-1 lacks"),
        ({"TpmSupport": "v2.0"}, {"TpmSupport": "v2.0"}, "", ""),
        ({}, {"TpmSupport": "v2.0"}, "", ""),
        # Boot mode.
        ({"BootMode": "uefi"}, {}, "m5.large", ""),
        ({"BootMode": "uefi"}, {}, "t2.micro", "boot mode uefi, but t2.micro has legacy-bios"),
        ({"BootMode": "uefi-preferred"}, {}, "t2.micro", ""),
        ({"BootMode": "uefi-preferred"}, {}, "u7i.large", ""),
        ({}, {}, "u7i.large", "boot mode legacy-bios, but u7i.large has uefi"),
        (ARM, ARM, "m6g.large", ""),
        (
            {**ARM, "BootMode": "legacy-bios"},
            ARM,
            "m6g.large",
            "boot mode legacy-bios, but m6g.large has uefi",
        ),
        ({"BootMode": "uefi"}, {}, "", "boot mode uefi, but its image ami-1 has legacy-bios"),
        ({}, {"BootMode": "legacy-bios"}, "", ""),
        (ARM, {**ARM, "BootMode": "uefi"}, "", ""),
        ({"BootMode": "uefi"}, {"BootMode": "uefi-preferred"}, "", ""),
    ],
)
def test_compares_with_the_type_where_it_is_known_else_with_the_present_image(
    image: dict[str, Any], present: dict[str, Any] | None, type_name: str, misfit: str
) -> None:
    assert find(image, present, *([type_name] if type_name else [])) == misfit


def test_a_type_that_this_region_does_not_tell_of_is_no_type() -> None:
    assert find({"EnaSupport": False}, {}, "x9.large") == "no ENA, which its image ami-1 needs"


def test_every_type_is_compared_except_those_of_another_architecture() -> None:
    no_ena = {"EnaSupport": False}
    assert find(no_ena, {}, "t2.micro", "m5.large") == "no ENA, which m5.large needs"
    assert find(no_ena, {}, "t2.micro", "m6g.large") == ""


@pytest.mark.parametrize(
    ("image", "present", "misfit"),
    [
        ({}, {"EnaSupport": True}, "no ENA, which m5.large needs"),
        # Where neither says anything, ENA is not told of at all.
        ({}, {}, ""),
        ({"EnaSupport": True}, {}, ""),
    ],
)
def test_what_is_left_out_of_an_answer_means_no_ena_where_the_present_image_says_something(
    image: dict[str, Any], present: dict[str, Any], misfit: str
) -> None:
    bare = {name: value for name, value in IMAGE.items() if name != "EnaSupport"}
    source: ImageSource = {
        "name": "launch template web",
        "image_id": "ami-1",
        "types": ["m5.large"],
        "devices": [],
        "names_tokens": False,
    }
    assert find_misfit(source, {**bare, **image}, {**bare, **present}, TYPES) == misfit


STRICT = {"ImdsSupport": "v2.0"}


@pytest.mark.parametrize(
    ("image", "present", "names_tokens", "misfit"),
    [
        (
            STRICT,
            {},
            False,
            "it asks for IMDSv2, but its image ami-1 does not, and HttpTokens is not named there",
        ),
        (STRICT, {}, True, ""),
        (STRICT, STRICT, False, ""),
        ({}, STRICT, False, ""),
        (STRICT, None, False, ""),
    ],
)
def test_an_image_that_lets_instances_have_imdsv2_only(
    image: dict[str, Any], present: dict[str, Any] | None, names_tokens: bool, misfit: str
) -> None:
    assert find(image, present, "m5.large", names_tokens=names_tokens) == misfit
