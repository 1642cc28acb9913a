"""Requests of this machine alone come in, answers go out; changes are told as they come."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from booklet.errors import MachineError
from booklet.preview.desk import Desk, Sight
from booklet.preview.routes import Answer, Asked, Routes

LOOPBACK = "127.0.0.1"
BEAT = 10.0
"""Seconds after which something is sent in any case, to find out who has gone."""
AGAIN = 500
"""Milliseconds after which a browser that lost us tries again."""


class Server(ThreadingHTTPServer):
    """Listens on the loopback interface. A port of 0 means any free one.

    Raises MachineError when the port is taken.
    """

    daemon_threads = True
    block_on_close = False
    # Elsewhere it only means not to wait after the last run; on Windows two could share a port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, port: int, desk: Desk) -> None:
        self.desk = desk
        self.routes: Routes | None = None
        self.looked_at: Callable[[Sight], object] = lambda sight: None
        try:
            super().__init__((LOOPBACK, port), _Handler)
        except (OSError, OverflowError) as error:
            raise MachineError(
                f"port {port} cannot be used: {getattr(error, 'strerror', None) or error}.",
                hint="Another preview may be running. Choose --port 0 for any free one.",
            ) from error

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    @property
    def hosts(self) -> frozenset[str]:
        """The names by which a browser on this machine may call it."""
        return frozenset(f"{name}:{self.port}" for name in (LOOPBACK, "localhost"))

    def start(self, routes: Routes, looked_at: Callable[[Sight], object]) -> None:
        """Answer requests from now on, in threads of their own.

        ``looked_at`` is told again and again what somebody has before the eyes.
        """
        self.routes, self.looked_at = routes, looked_at
        threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a browser that hangs up is no fault."""


class _Handler(BaseHTTPRequestHandler):
    """Turns what comes over the wire into an Asked, and an Answer into what goes over it."""

    protocol_version = "HTTP/1.1"
    server_version = "booklet"
    sys_version = ""
    timeout = 60
    server: Server

    def handle_one_request(self) -> None:
        """Answer any method whatever, so that each is refused in the same way."""
        self.raw_requestline = self.rfile.readline(65537)
        if len(self.raw_requestline) > 65536 or not self.raw_requestline:
            self.close_connection = True
            return
        if self.parse_request() and self.server.routes is not None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers)
            # A body would be taken for the next request; nobody has a reason to send one.
            if "content-length" in headers or "transfer-encoding" in headers:
                self.close_connection = True
            self._send(self.server.routes.answer(asked), asked)
        self.wfile.flush()

    def _send(self, answer: Answer, asked: Asked) -> None:
        self.send_response(answer.status)
        for name, value in answer.all_headers().items():
            self.send_header(name, value)
        if answer.is_stream or self.close_connection:
            self.close_connection = True
            self.send_header("Connection", "close")
        self.end_headers()
        if asked.method == "HEAD":
            return
        if answer.is_stream:
            self._tell(answer.follow)
        else:
            self.wfile.write(answer.body)

    def _tell(self, sight: Sight | None) -> None:
        """Tell the number of each newer view, until the browser has gone."""
        desk, last = self.server.desk, -1
        self.wfile.write(f"retry: {AGAIN}\n\n".encode())
        while True:
            if sight is not None:
                self.server.looked_at(sight)
            now = desk.revision(sight)
            self.wfile.write(b": still here\n\n" if now == last else f"data: {now}\n\n".encode())
            self.wfile.flush()
            last = now
            desk.wait(partial(_is_newer, desk, sight, last), BEAT)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it
        """Say nothing of each request."""


def _is_newer(desk: Desk, sight: Sight | None, last: int) -> bool:
    return desk.revision(sight) != last
