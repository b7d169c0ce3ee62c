"""Asks this container's own process whether it lives; for HEALTHCHECK. Standard library only."""

import os
import sys
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

# The process answers only to its own name.
host = urlsplit(os.environ.get("SITE_URL", "http://127.0.0.1")).hostname
try:
    with urlopen(
        Request("http://127.0.0.1:8000/healthz", headers={"Host": host}), timeout=4
    ) as answer:
        sys.exit(answer.status != 200)
except (URLError, OSError) as error:
    sys.exit(f"healthz: {error}")
