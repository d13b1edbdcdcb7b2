"""Which runs have ended."""

# A status that is not known to be final counts as at work.
FINAL = (
    "Success",
    "Failed",
    "TimedOut",
    "Cancelled",
    "CompletedWithSuccess",
    "CompletedWithFailure",
    "Exited",
)
