"""What botocore does to user data before it builds a request: the caller gives text or bytes, AWS gets base64."""

import base64

# RunInstances too, in botocore; here there are no instances to run.
_ENCODED = {("autoscaling", "CreateLaunchConfiguration")}


def encoded(service, api, params):
    if (service, api) not in _ENCODED or "UserData" not in params:
        return params
    user_data = params["UserData"]
    if isinstance(user_data, str):
        user_data = user_data.encode("utf-8")
    return {**params, "UserData": base64.b64encode(user_data).decode("utf-8")}
