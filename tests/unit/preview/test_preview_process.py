"""``preview`` as a process: what a person is told, and how it ends."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from booklet import cli
from tests.preview_samples import source
from tests.processes import TODAY, environment, files

posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    source(tmp_path)
    return tmp_path


@pytest.fixture
def running(project: Path) -> Iterator[tuple[subprocess.Popen[str], str, int]]:
    """A preview that has just told its address: the process, the host and the port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "booklet", "preview", "--port", "0", "--today", TODAY],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(PYTHONUNBUFFERED="1"),
        encoding="utf-8",
    )
    assert process.stdout is not None
    told = re.search(r"http://([\d.]+):(\d+)/", process.stdout.readline())
    assert told
    with process:
        yield process, told[1], int(told[2])
        process.kill()


def raw(port: int, request: str) -> str:
    """The first line of the answer to these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(request.encode())
        with line.makefile(encoding="latin-1") as answer:
            return answer.readline().strip()


@pytest.mark.slow
@posix
def test_it_listens_here_only_answers_oddities_and_ends_at_once_leaving_nothing(
    running: tuple[subprocess.Popen[str], str, int], project: Path
) -> None:
    process, host, port = running
    before = set(files(project))
    assert host == "127.0.0.1"
    with closing(http.client.HTTPConnection(host, port, timeout=20)) as call:
        call.request("GET", "/b/tiny/large-a4/")
        assert b"The pages are on their way" in call.getresponse().read()
    here = f"Host: {host}:{port}\r\n\r\n"
    assert raw(port, f"GET /../../etc/passwd HTTP/1.1\r\n{here}").split()[1] == "404"
    assert raw(port, f"POST / HTTP/1.1\r\nContent-Length: 3\r\n{here}abc").split()[1] == "405"
    assert raw(port, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n").split()[1] == "421"
    assert raw(port, "GET / HTTP/1.0\r\n\r\n").split()[1] == "421"
    assert raw(port, f"GET /{'x' * 70_000} HTTP/1.1\r\n{here}") == ""
    with closing(http.client.HTTPConnection(host, port, timeout=20)) as line:
        line.request("GET", "/b/tiny/large-a4/events")
        with line.getresponse() as news:
            assert news.readline() == b"retry: 500\n"
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            told, faults = process.communicate(timeout=20)
    # A second on a calm machine; tests run beside one another.
    assert time.monotonic() - began < 5
    assert (process.returncode, faults) == (0, "")
    assert told.endswith("The preview has ended.\n")
    assert set(files(project)) == before


def test_a_port_that_is_taken_is_told_in_one_line(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code = cli.main(["preview", "--port", port, "--source", str(project / "source")])
    told = capsys.readouterr()
    assert (code, told.out) == (3, "")
    assert told.err.startswith(f"port {port} cannot be used: ")
    assert told.err.count("\n") == 1
    assert "--port 0" in told.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("other",), "there is no booklet 'other'"),
        (("tiny", "--edition", "clear-a44"), "there is no edition 'clear-a44'"),
        (("tiny", "--clinic", "none"), "there is no clinic 'none'"),
        (("tiny", "--clinic", "all"), "one clinic at a time"),
        (("tiny", "--port", "65536"), "not a number from 0 to 65535"),
        (("tiny", "--port", "-1"), "not a number from 0 to 65535"),
        (("tiny", "other"), "unrecognized arguments: other"),
        (("--source", "/none"), "there is no such folder"),
    ],
)
def test_what_does_not_exist_is_told_in_one_line(
    project: Path,
    arguments: tuple[str, ...],
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(project)
    code = cli.main(["preview", *arguments])
    told = capsys.readouterr()
    assert (code, told.out) == (2, "")
    assert words in told.err
    assert told.err.count("\n") == 1
