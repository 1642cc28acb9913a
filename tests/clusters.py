"""A real Dask scheduler and workers on this machine, each a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.processes import environment

HOME = "127.0.0.1"


@dataclass(frozen=True)
class Cluster:
    """A scheduler's address, the worker processes by their own addresses, and its own process."""

    address: str
    workers: dict[str, subprocess.Popen[bytes]]
    scheduler: subprocess.Popen[bytes]


@contextmanager
def dask(folder: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "dask", *words, "--no-dashboard"]
    with (
        (folder / f"{words[0]}.log").open("ab") as log,
        subprocess.Popen(
            command,
            cwd=folder,
            env=environment(),
            stdout=log,
            stderr=log,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # with what a nanny has started


def onlooker(address: str) -> Any:
    from distributed import Client

    client: Callable[..., Any] = Client
    return client(address, set_as_default=False)


def waited_for(path: Path) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if path.exists() and (text := path.read_text(encoding="utf-8")):
            return dict(json.loads(text))
        time.sleep(0.05)
    raise AssertionError((path.parent / "scheduler.log").read_text(encoding="utf-8"))


@contextmanager
def cluster_of(
    folder: Path, names: tuple[str, ...] = ("one", "two"), *options: str
) -> Iterator[Cluster]:
    """Start a scheduler and so many workers; ``options`` are of ``dask worker``."""
    folder.mkdir(exist_ok=True)
    file = folder / "scheduler.json"
    with ExitStack() as stack:
        here = ("--host", HOME, "--port", "0", "--scheduler-file", str(file))
        scheduler = stack.enter_context(dask(folder, "scheduler", *here))
        address = str(waited_for(file)["address"])
        started = [stack.enter_context(worker(folder, address, name, *options)) for name in names]
        client = stack.enter_context(onlooker(address))
        if names:
            client.wait_for_workers(len(names), timeout=60)
        by_id = {process.pid: process for process in started}
        # With a nanny the worker is its child.
        places = client.run(lambda: (os.getpid(), os.getppid()))
        mine = {
            place: by_id[own if own in by_id else parent] for place, (own, parent) in places.items()
        }
        yield Cluster(address, mine, scheduler)


def worker(folder: Path, address: str, name: str, *options: str) -> Any:
    """Start a worker of one thread, without a nanny unless ``options`` ask for one."""
    alone = ("--nthreads", "1", "--host", HOME, "--name", name)
    return dask(folder, "worker", address, *alone, *(options or ("--no-nanny",)))
