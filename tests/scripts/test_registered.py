"""What is registered is what stands in the files: the loader, no parser of Python, is held against one."""

import ast
import functools
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, NoReturn

import pytest
import yaml

from runbooks import NAMES, ROOT, SCRIPTS, put_together, read_source, script_files, scripted_steps

STEPS = [(name, step["name"]) for name in NAMES for step in scripted_steps(read_source(name))]

every_step = pytest.mark.parametrize(("runbook", "step"), STEPS)


def test_every_script_belongs_to_a_step_and_every_shared_module_to_a_script() -> None:
    used: set[Path] = set()
    for runbook, step in STEPS:
        put_together(script_of(runbook, step), used)
    assert sorted(used) == script_files()


@every_step
def test_the_registered_script_is_what_the_step_uses_of_the_files(runbook: str, step: str) -> None:
    registered = dump(ast.parse(find_inputs(print_runbook(runbook), step)["Script"]).body)
    script = script_of(runbook, step)
    statements = put_together(script, set())
    # In the order of the files, and nothing changed.
    assert registered == [one for one in dict.fromkeys(dump(statements)) if one in registered]
    used = find_used(statements, ast.parse(script.read_text("utf8")).body)
    assert [one for one in dump(used) if one not in registered] == []


def find_used(statements: list[ast.stmt], own: list[ast.stmt]) -> list[ast.stmt]:
    """Its own statements, and each one that binds a name which these use, or one of those does."""
    used = [one for one in statements if ast.dump(one) in map(ast.dump, own)]
    used = [one for one in used if not isinstance(one, ast.Import | ast.ImportFrom)]
    while True:
        names = {node.id for one in used for node in ast.walk(one) if isinstance(node, ast.Name)}
        more = [one for one in statements if one not in used and bound_by(one) & names]
        if not more:
            return used
        used += more


def bound_by(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {(one.asname or one.name).split(".")[0] for one in statement.names}
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    targets = (
        [statement.target] if isinstance(statement, ast.AnnAssign) else getattr(statement, "targets", [])
    )
    return {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}


@every_step
def test_the_handler_is_a_function_of_two_arguments(runbook: str, step: str) -> None:
    handler = find_inputs(read_source(runbook), step)["Handler"]
    statements = put_together(script_of(runbook, step), set())
    functions = {one.name: one for one in statements if isinstance(one, ast.FunctionDef)}
    assert len(functions[handler].args.args) == 2


def script_of(runbook: str, step: str) -> Path:
    return SCRIPTS / str(find_inputs(read_source(runbook), step)["Script"])


def find_inputs(document: Any, step: str) -> Any:
    return next(one["inputs"] for one in document["mainSteps"] if one["name"] == step)


def dump(statements: list[ast.stmt]) -> list[str]:
    module = ast.Module(body=statements, type_ignores=[])
    for node in ast.walk(module):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            body[:] = [one for one in body if not is_text(one)] or [ast.Pass()]
    return [ast.dump(one) for one in module.body]


def is_text(statement: ast.AST) -> bool:
    """A text that stands alone does nothing: it is a docstring, or could be one."""
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def print_runbook(name: str) -> Any:
    npm = shutil.which("npm")
    if npm is None or not (ROOT / "node_modules").is_dir():
        leave_out("npm or what it installs is missing: run npm ci, to compare what is registered")
    printed = run(npm, "run", "--silent", "runbook", "--", name)
    if printed.returncode == 2:
        leave_out(f"npm run runbook knows no {name}: {printed.stderr.strip()}")
    assert printed.returncode == 0, printed.stderr
    return yaml.safe_load(printed.stdout)


@functools.cache
def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def leave_out(reason: str) -> NoReturn:
    """On a person's machine: CI has all that it takes."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
