#!/bin/sh
# Checks the runbooks' scripts: PYTHON names a Python 3.11 that has what requirements.txt lists.
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-python3}
scripts=../../documents/scripts

"$python" -m ruff check . "$scripts" --config pyproject.toml
"$python" -m ruff format --check . "$scripts" --config pyproject.toml
"$python" -m mypy . "$scripts"
"$python" -m pytest -q "$@"
