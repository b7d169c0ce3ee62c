"""Runs one function on hostile bytes in a child process with a memory limit and a deadline.

The child knows nothing of Django, the database or the secret key; it gets bytes on its standard
input and answers with a JSON object and named blobs. (Plain framing, not pickle: whoever takes over
the child must not get into the parent by its answer.) A function to be run here has the shape

    def deed(data: bytes) -> tuple[dict, dict[str, bytes]]

lives in a module without Django, and raises `Refusal` with a sentence for the person who uploaded.

A 12-megapixel photo takes a child 130 MB, and an office drops twenty at once: only `AT_ONCE` children
run on one machine at a time, whichever process asks; the others wait their turn.
"""

import fcntl
import importlib
import json
import os
import resource
import stat
import struct
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE = 2
# Less than a web server gives a request: who waits longer is told so, and asks again.
MOST_WAITING = 15


class Refusal(Exception):
    """What came in is refused; the message is Vietnamese and says the cure."""


class TookTooMuch(Refusal):
    """The child ran out of its memory or its time."""


class Busy(Refusal):
    """Too many are waiting already; the same upload may be sent again in a moment."""


def run_limited(deed, data, *, memory_mb=600, seconds=20):
    """Run `"package.module:function"` on `data`; return its (dict, blobs).

    Raises Refusal with the child's message, TookTooMuch when a limit was met, or Busy when no turn
    came up for too long.
    """
    command = [
        sys.executable,
        "-I",
        str(Path(__file__).resolve()),
        deed,
        str(memory_mb),
        str(seconds),
    ]
    with _turn():
        try:
            child = subprocess.run(
                command, input=data, capture_output=True, timeout=seconds, check=False
            )
        except subprocess.TimeoutExpired:
            raise TookTooMuch("Tệp này mất quá nhiều thời gian để đọc nên bị từ chối.") from None
    if child.returncode or len(child.stdout) < 4:
        raise TookTooMuch("Tệp này quá phức tạp để đọc an toàn nên bị từ chối.")
    info, blobs = _unframe(child.stdout)
    if "refused" in info:
        raise Refusal(info["refused"])
    return info["answer"], blobs


@contextmanager
def _turn():
    """One of the `AT_ONCE` turns of this machine.

    A turn is a locked file: the system itself gives it back when its process dies.
    """
    folder = _folder_of_turns()
    deadline = time.monotonic() + MOST_WAITING
    while True:
        for number in range(AT_ONCE):
            file = os.open(
                folder / str(number), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600
            )
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                continue
            try:
                yield
            finally:
                os.close(file)
            return
        if time.monotonic() > deadline:
            raise Busy("Máy đang xử lý nhiều tệp khác. Hãy gửi lại sau ít giây.")
        time.sleep(0.05)


def _folder_of_turns():
    """Ours alone, though it lies among everybody's temporary files."""
    folder = Path(tempfile.gettempdir()) / f"dan-van-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise Busy("Máy chủ chưa đọc được tệp lúc này. Hãy báo người quản trị.")
    return folder


def _frame(info, blobs):
    header = json.dumps(
        {**info, "blobs": [[name, len(blob)] for name, blob in blobs.items()]}
    ).encode()
    return b"".join((struct.pack(">I", len(header)), header, *blobs.values()))


def _unframe(answer):
    size = struct.unpack(">I", answer[:4])[0]
    info = json.loads(answer[4 : 4 + size])
    blobs, at = {}, 4 + size
    for name, length in info["blobs"]:
        blobs[name] = answer[at : at + length]
        at += length
    return info, blobs


def _child(deed, memory_mb, seconds):
    """The other side: set the limits, then read, do, answer."""
    limit = int(memory_mb) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    # The parent's clock rules; this one ends a child whose parent was killed.
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path.insert(0, str(ROOT))
    # The class the deed raises is the imported module's, not this script's.
    refusal = importlib.import_module("portal.limited").Refusal
    module, function = deed.split(":")
    try:
        answer, blobs = getattr(importlib.import_module(module), function)(sys.stdin.buffer.read())
        output = _frame({"answer": answer}, blobs)
    except refusal as refused:
        output = _frame({"refused": str(refused)}, {})
    except MemoryError:
        sys.exit(9)
    sys.stdout.buffer.write(output)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _child(*sys.argv[1:4])
