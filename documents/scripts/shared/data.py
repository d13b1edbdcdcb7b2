"""What AWS answers and takes, as boto3 has it: dictionaries of anything, lists of them, texts."""

from typing import Any

Data = Any
