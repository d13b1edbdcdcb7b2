"""As much of botocore as scripts of a runbook need."""
