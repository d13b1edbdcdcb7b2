"""Paginators: a call for each page, as long as the answer has a NextToken."""

from _rehearsal import host as _host

from .exceptions import PaginationError

# From botocore's paginators-1.json, all with NextToken on both sides. Of autoscaling these are all there are.
_PAGEABLE = {
    "autoscaling": {
        "DescribeAutoScalingGroups",
        "DescribeAutoScalingInstances",
        "DescribeLaunchConfigurations",
        "DescribeLoadBalancerTargetGroups",
        "DescribeLoadBalancers",
        "DescribeNotificationConfigurations",
        "DescribePolicies",
        "DescribeScalingActivities",
        "DescribeScheduledActions",
        "DescribeTags",
        "DescribeWarmPool",
    },
    "ec2": {
        "DescribeFleets",
        "DescribeImageReferences",
        "DescribeImages",
        "DescribeInstanceStatus",
        "DescribeInstanceTypes",
        "DescribeInstances",
        "DescribeLaunchTemplateVersions",
        "DescribeLaunchTemplates",
        "DescribeSnapshots",
        "DescribeSpotFleetRequests",
        "DescribeTags",
        "DescribeVolumes",
    },
    "ssm": {"DescribeAutomationExecutions", "ListCommands"},
}
_COMPLETE = {"autoscaling"}


def can_paginate(service, api):
    pageable = _PAGEABLE.get(service, set())
    if api not in pageable and service not in _COMPLETE:
        _host.refuse(f"the paginator of {service} {api} is not modelled by the rehearsal")
    return api in pageable


class Paginator:
    def __init__(self, method):
        self._method = method

    def paginate(self, **params):
        if "PaginationConfig" in params:
            _host.refuse("PaginationConfig is not modelled by the rehearsal")
        return PageIterator(self._method, params)


class PageIterator:
    """Can be gone through again, with new calls, as boto3's can."""

    def __init__(self, method, params):
        self._method = method
        self._params = params

    def __iter__(self):
        params = dict(self._params)
        while True:
            page = self._method(**params)
            yield page
            token = page.get("NextToken")
            if not token:
                return
            if token == params.get("NextToken"):
                raise PaginationError(message=f"The same next token was received twice: {{'NextToken': {token!r}}}")
            params["NextToken"] = token

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        _host.refuse(f"a page iterator's {name} is not modelled by the rehearsal")
