"""Does an image start on an instance type, or where the present image does?"""

from shared.data import Data

# An image that names no boot mode starts as is usual for its architecture.
USUAL = {"x86_64": "legacy-bios", "i386": "legacy-bios", "arm64": "uefi"}


def find_start_misfit(image: Data, present: Data, where: str, there: Data) -> str:
    """What `there` asks for or lacks, an instance type or the present image."""
    here, takes = boot_modes_of(image), there.get("SupportedBootModes") or boot_modes_of(there)
    if not {*here} & {*takes}:
        return f"boot mode {' or '.join(here)}, but {where} has {' or '.join(takes)}"
    # EC2 leaves "no" out, and where it tells of none of the two images there is nothing to compare.
    has_ena = image.get("EnaSupport", "EnaSupport" not in (present or {}))
    if not has_ena and (
        there.get("EnaSupport") or there.get("NetworkInfo", {}).get("EnaSupport") == "required"
    ):
        return f"no ENA, which {where} needs"
    has_tpm = there.get("TpmSupport") or there.get("NitroTpmSupport") == "supported"
    if image.get("TpmSupport") and not has_tpm:
        return f"TPM {image['TpmSupport']}, which {where} lacks"
    return ""


def boot_modes_of(one: Data) -> list[str]:
    mode = one.get("BootMode") or USUAL.get(one.get("Architecture"), "uefi-preferred")
    return ["uefi", "legacy-bios"] if mode == "uefi-preferred" else [mode]


def needs_tokens(image: Data) -> bool:
    return bool(image.get("ImdsSupport") == "v2.0")
