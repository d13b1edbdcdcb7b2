"""What holds for every script, so that a person can read it and Automation and the loader can take it."""

import ast
from pathlib import Path

import pytest

from runbooks import SCRIPTS, script_files

LONGEST_FUNCTION = 29

every_file = pytest.mark.parametrize(
    "file", script_files(), ids=lambda file: file.relative_to(SCRIPTS).as_posix()
)


@every_file
def test_no_function_is_longer_than_a_person_takes_in(file: Path) -> None:
    long = [
        f"{node.name} has {lines} lines"
        for node in ast.walk(ast.parse(file.read_text("utf8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == []


@every_file
def test_python_3_11_compiles_it(file: Path) -> None:
    compile(ast.parse(file.read_text("utf8"), feature_version=(3, 11)), file.name, "exec")


@every_file
def test_there_is_no_tab_and_no_variable_of_automation_s_in_it(file: Path) -> None:
    text = file.read_text("utf8")
    assert "\t" not in text
    assert "{{" not in text
