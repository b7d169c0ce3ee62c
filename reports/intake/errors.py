"""What an editor is told when a file cannot be read."""

from portal.limited import Refusal


class UnreadableFile(Refusal):
    """The source cannot be read; the message is Vietnamese and says what to do instead."""
