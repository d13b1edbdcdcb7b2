"""How long a client waits for AWS.

Each client is a module of its own: a script is registered with the whole text of every module that it
imports, and Automation takes a document of 64 KB.
"""

from botocore.config import Config

# A script has ten minutes: an answer that does not come must leave time for the rest,
# and for putting things back.
PATIENT = Config(connect_timeout=10, read_timeout=20, retries={"total_max_attempts": 3})
