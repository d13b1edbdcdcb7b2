"""The exceptions that the modelled part of botocore raises, worded as botocore words them."""

from _rehearsal import host as _host


class BotoCoreError(Exception):
    fmt = "An unspecified error occurred"

    def __init__(self, **kwargs):
        super().__init__(self.fmt.format(**kwargs))
        self.kwargs = kwargs


class ParamValidationError(BotoCoreError):
    fmt = "Parameter validation failed:\n{report}"


class OperationNotPageableError(BotoCoreError):
    fmt = "Operation cannot be paginated: {operation_name}"


class PaginationError(BotoCoreError):
    fmt = "Error during pagination: {message}"


class InvalidRetryConfigurationError(BotoCoreError):
    fmt = (
        'Cannot provide retry configuration for "{retry_config_option}". '
        "Valid retry configuration options are: {valid_options}"
    )


class InvalidMaxRetryAttemptsError(InvalidRetryConfigurationError):
    fmt = (
        'Value provided to "max_attempts": {provided_max_attempts} must be an integer greater than or equal to '
        "{min_value}."
    )


class InvalidRetryModeError(InvalidRetryConfigurationError):
    fmt = (
        'Invalid value provided to "mode": "{provided_retry_mode}" must be one of: {valid_modes}'
    )


class HTTPClientError(BotoCoreError):
    fmt = "An HTTP Client raised an unhandled exception: {error}"


class ReadTimeoutError(HTTPClientError):
    fmt = 'Read timeout on endpoint URL: "{endpoint_url}"'


class ClientError(Exception):
    MSG_TEMPLATE = (
        "An error occurred ({error_code}) when calling the {operation_name} operation{retry_info}: {error_message}"
    )

    def __init__(self, error_response, operation_name):
        error = error_response.get("Error", {})
        super().__init__(
            self.MSG_TEMPLATE.format(
                error_code=error.get("Code", "Unknown"),
                error_message=error.get("Message", "Unknown"),
                operation_name=operation_name,
                retry_info=self._retry_info(error_response.get("ResponseMetadata", {})),
            )
        )
        self.response = error_response
        self.operation_name = operation_name

    def _retry_info(self, metadata):
        if metadata.get("MaxAttemptsReached", False) and "RetryAttempts" in metadata:
            return f" (reached max retries: {metadata['RetryAttempts']})"
        return ""


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    _host.refuse(f"botocore.exceptions.{name} is not modelled by the rehearsal")
