"""The runbooks and their scripts, as they stand in documents/."""

import ast
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "documents"
SCRIPTS = DOCUMENTS / "scripts"
NAMES = (
    "create-image",
    "patch-golden-instance",
    "roll-out-launch-configuration",
    "roll-out-launch-template",
    "roll-out-parameter",
    "roll-out-with-refresh",
    "refresh-instances-launch-configuration",
    "refresh-instances-launch-template",
    "retire-images",
    "retire-images-parameter",
    "watch",
    "watch-parameter",
)


class RunbookLoader(yaml.SafeLoader):
    """Reads `!script FILE` as the name of the file."""


def construct_name(loader: RunbookLoader, node: yaml.ScalarNode) -> Any:
    return loader.construct_scalar(node)


RunbookLoader.add_constructor("!script", construct_name)


def scripted_steps(document: Any) -> list[Any]:
    return [step for step in document["mainSteps"] if step["action"] == "aws:executeScript"]


def read_source(name: str) -> Any:
    return yaml.load((DOCUMENTS / f"{name}.yaml").read_text("utf8"), RunbookLoader)


def script_files() -> list[Path]:
    return sorted(SCRIPTS.rglob("*.py"))


def shared_module(node: ast.AST) -> Path | None:
    """The file that a statement imports, where it is one of the shared modules."""
    if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("shared."):
        return SCRIPTS / (node.module.replace(".", "/") + ".py")
    return None


def put_together(file: Path, done: set[Path]) -> list[ast.stmt]:
    """The statements of a file, with those of each shared module in the place of its first import."""
    done.add(file)
    statements: list[ast.stmt] = []
    for node in ast.parse(file.read_text("utf8")).body:
        module = shared_module(node)
        if module is None:
            statements.append(node)
        elif module not in done:
            statements += put_together(module, done)
    return statements
