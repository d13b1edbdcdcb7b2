"""botocore.config.Config, of which the retries count and how long an answer is waited for."""

import copy

from _rehearsal import host as _host

from .exceptions import (
    InvalidMaxRetryAttemptsError,
    InvalidRetryConfigurationError,
    InvalidRetryModeError,
)

_TAKEN = ("retries", "connect_timeout", "read_timeout", "max_pool_connections", "user_agent_extra")

_NOT_MODELLED = {
    "account_id_endpoint_mode",
    "auth_scheme_preference",
    "client_cert",
    "client_context_params",
    "defaults_mode",
    "disable_request_compression",
    "endpoint_discovery_enabled",
    "ignore_configured_endpoint_urls",
    "inject_host_prefix",
    "parameter_validation",
    "proxies",
    "proxies_config",
    "region_name",
    "request_checksum_calculation",
    "request_min_compression_size_bytes",
    "response_checksum_validation",
    "s3",
    "s3_disable_express_session_auth",
    "signature_version",
    "sigv4a_signing_region_set",
    "tcp_keepalive",
    "use_dualstack_endpoint",
    "use_fips_endpoint",
    "user_agent",
    "user_agent_appid",
}


class Config:
    def __init__(self, **options):
        for name in options:
            if name in _NOT_MODELLED:
                _host.refuse(f"botocore.config.Config({name}=…) is not modelled by the rehearsal")
            if name not in _TAKEN:
                raise TypeError(f"Got unexpected keyword argument '{name}'")
        self.retries = copy.copy(options.get("retries"))
        self.connect_timeout = options.get("connect_timeout", 60)
        self.read_timeout = options.get("read_timeout", 60)
        self.max_pool_connections = options.get("max_pool_connections", 10)
        self.user_agent_extra = options.get("user_agent_extra")
        _check_retries(self.retries or {})


def _check_retries(retries):
    least = {"max_attempts": 0, "total_max_attempts": 1}
    for name, value in retries.items():
        if name not in (*least, "mode"):
            raise InvalidRetryConfigurationError(
                retry_config_option=name,
                valid_options=("max_attempts", "mode", "total_max_attempts"),
            )
        if name in least and (not isinstance(value, int) or value < least[name]):
            raise InvalidMaxRetryAttemptsError(provided_max_attempts=value, min_value=least[name])
    mode = retries.get("mode", "legacy")
    if mode == "adaptive":
        _host.refuse("boto3's retry mode adaptive is not modelled by the rehearsal")
    if mode not in ("legacy", "standard"):
        raise InvalidRetryModeError(
            provided_retry_mode=mode, valid_modes=("legacy", "standard", "adaptive")
        )
