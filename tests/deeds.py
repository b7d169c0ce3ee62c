"""Deeds for `portal.limited` to run in its child: an honest one, and two that take too much."""

import time


def count(data):
    return {"bytes": len(data)}, {"same": data}


def sleep_long(data):
    time.sleep(30)


def eat_memory(data):
    return {"size": len(bytearray(1024 * 1024 * 1024))}, {}
