"""What an image needs to start, and what an instance type, or the present image's one, can do."""

from shared.data import Data

Facts = dict[str, list[str]]

ENA, TPM = ["required", "unsupported"], ["v2.0", "none"]


def needs_of(image: Data, present: Data) -> Facts:
    # EC2 leaves "no" out, and so may the present image's answer: then there is nothing to compare.
    has_ena = image.get("EnaSupport", "EnaSupport" not in (present or {}))
    return {
        "boot mode": boot_modes_of(image),
        "ENA": ENA if has_ena else ["unsupported"],
        "TPM": [image["TpmSupport"]] if image.get("TpmSupport") else TPM,
    }


def abilities_of(there: Data) -> Facts:
    if "ProcessorInfo" in there:
        needs_ena = there.get("NetworkInfo", {}).get("EnaSupport") == "required"
        has_tpm = there.get("NitroTpmSupport") != "unsupported"
        modes = there.get("SupportedBootModes") or ["legacy-bios", "uefi"]
    else:
        needs_ena, has_tpm, modes = there.get("EnaSupport"), "TpmSupport" in there, boot_modes_of(there)
    return {
        "boot mode": modes,
        "ENA": ["required"] if needs_ena else ENA,
        "TPM": TPM if has_tpm else ["none"],
    }


def boot_modes_of(image: Data) -> list[str]:
    """One that names none boots as is usual for its architecture."""
    usual = "legacy-bios" if image["Architecture"] in ("x86_64", "i386") else "uefi"
    mode = image.get("BootMode") or usual
    return ["uefi", "legacy-bios"] if mode == "uefi-preferred" else [mode]


def needs_tokens(image: Data) -> bool:
    return bool(image.get("ImdsSupport") == "v2.0")
