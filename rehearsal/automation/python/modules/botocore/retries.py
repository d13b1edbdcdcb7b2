"""When boto3 tries a call again, and after how long."""

import time

from _rehearsal import host as _host

# botocore's lists for its modes legacy and standard, taken together. In legacy mode botocore ties most codes to the
# HTTP status that the service sends with them; here the code is enough, so that who injects a fault need not know
# the pairs.
_CODES = {
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
}
_STATUSES = {429, 500, 502, 503, 504, 509}
_STANDARD_CODES = _CODES | {"RequestTimeout", "RequestTimeoutException"}

# botocore draws a random number between 0 and 1; a rehearsal takes the middle, so that it can be repeated.
_DRAWN = 0.5
_LONGEST_STANDARD_DELAY = 20
# In standard mode a client has a quota for retries, which so many use up at the least.
_STANDARD_QUOTA = 100


class Retries:
    """The retries of one client."""

    def __init__(self, config):
        options = (config.retries if config else None) or {}
        self._standard = options.get("mode", "legacy") == "standard"
        self._made = 0
        if "total_max_attempts" in options:
            self.most_attempts = options["total_max_attempts"]
        elif "max_attempts" in options:
            # In Config this name counts the attempts after the first.
            self.most_attempts = options["max_attempts"] + 1
        else:
            self.most_attempts = 3 if self._standard else 5

    def is_retryable(self, code, status):
        return status in _STATUSES or code in (_STANDARD_CODES if self._standard else _CODES)

    def wait(self, attempt):
        """After the attempt of this number, counted from 1."""
        delay = 2 ** (attempt - 1)
        if self._standard:
            delay = min(delay, _LONGEST_STANDARD_DELAY)
            self._made += 1
            if self._made > _STANDARD_QUOTA:
                _host.refuse("boto3's quota for retries is not modelled by the rehearsal, and a script used it up")
        time.sleep(_DRAWN * delay)
