"""A deed without an end, for the deadline of `portal.limited`; no Django here."""


def spin(data):
    while True:
        pass
