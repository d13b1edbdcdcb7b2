"""Switches the schedule off: a rule of EventBridge, or a schedule of EventBridge Scheduler."""

from typing import TypedDict

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from shared.client_config import PATIENT
from shared.data import Data

# GetSchedule's own. UpdateSchedule takes the rest, and what is not given to it goes back to its default.
DERIVED = ("Arn", "CreationDate", "LastModificationDate", "ResponseMetadata")


class Event(TypedDict):
    RuleName: str


def pause_schedule(event: Event, _context: object) -> None:
    name, *in_group = event["RuleName"].split("/")
    try:
        if in_group:
            disable_schedule(name, in_group[0])
        else:
            boto3.client("events", config=PATIENT).disable_rule(Name=name)
    except (BotoCoreError, ClientError) as error:
        raise Exception(
            f"The group launches the image, but schedule {event['RuleName']} could not be switched off "
            f"({error}): switch it off by hand, or the next run rolls forward again."
        ) from error


def disable_schedule(group: str, name: str) -> None:
    scheduler: Data = boto3.client("scheduler", config=PATIENT)
    found = scheduler.get_schedule(GroupName=group, Name=name)
    kept = {key: value for key, value in found.items() if key not in DERIVED}
    scheduler.update_schedule(**{**kept, "State": "DISABLED"})
