"""A command enters; what the system says of its processes leaves, as JSON in a file.

A process of its own, started without any library: what is started by a process counts that one's
memory as its own, and so the one that starts must be small.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time

PROCESSES = "/proc"
# Short enough to see a process that lives for a tenth of a second, and a small part of one core.
EVERY = 0.02


def main() -> None:
    """Run ``sys.argv[2:]`` to its end and write to ``sys.argv[1]``."""
    begun = time.perf_counter()
    try:
        process = subprocess.Popen(sys.argv[2:])
    except OSError as error:
        sys.exit(f"{sys.argv[2]}: {error.strerror}")
    seen = [0.0]
    threading.Thread(target=watch, args=(seen,), daemon=True).start()
    _, status, used = os.wait4(process.pid, 0)
    said = {
        "wall": time.perf_counter() - begun,
        "cpu": used.ru_utime + used.ru_stime,
        "largest": used.ru_maxrss / 1024,
        "together": max(seen),
    }
    with open(sys.argv[1], "w", encoding="ascii") as file:
        json.dump(said, file)
    sys.exit(os.waitstatus_to_exitcode(status) and 1)


def watch(seen: list[float]) -> None:
    """Add to a list, again and again, what all processes take together."""
    while True:
        seen.append(together())
        time.sleep(EVERY)


def together() -> float:
    """Return the resident MB of all processes of this session but this one, or 0."""
    here = os.getsid(0)
    names = os.listdir(PROCESSES) if os.path.isdir(PROCESSES) else []
    return sum(resident(name, here) for name in names if name.isdigit())


def resident(name: str, session: int) -> float:
    """Return the resident MB of a process, or 0 when it is of another session or has just ended."""
    if int(name) == os.getpid():
        return 0
    try:
        with open(f"{PROCESSES}/{name}/stat", encoding="latin-1") as file:
            words = file.read().rpartition(")")[2].split()
    except OSError:
        return 0
    # proc(5), counted from the field after the name: 4th the session, 22nd the resident pages.
    if int(words[3]) != session:
        return 0
    return int(words[21]) * os.sysconf("SC_PAGE_SIZE") / 1024**2


if __name__ == "__main__":
    main()
