"""What a group launches from, with the versions that it follows, for a later step to compare."""

from shared.data import Data
from shared.fingerprint import fingerprint
from shared.parts import list_group_parts
from shared.template_versions import read_version


def read_source_state(group: Data) -> str:
    parts = list_group_parts(group)
    named = {
        (part["LaunchTemplateId"], part.get("Version", "$Default"))
        for part in parts
        if "LaunchTemplateId" in part
    }
    numbers = [str(read_version(*one)["VersionNumber"]) for one in sorted(named) if one[1].startswith("$")]
    return " ".join([fingerprint(group), *numbers])
