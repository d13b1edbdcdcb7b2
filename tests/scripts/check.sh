#!/bin/sh
# Checks the runbooks' scripts: PYTHON names a Python 3.11 that has what requirements.txt lists. pyproject.toml says how.
set -eu
cd "$(dirname "$0")/../.."
python=${PYTHON:-python3}

"$python" -m ruff check documents tests
"$python" -m ruff format --check documents tests
"$python" -m mypy
"$python" -m pytest -q "$@"
