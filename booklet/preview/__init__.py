"""A source folder goes in; its booklets come out in a browser on this machine, ever up to date.

A room beside the conductor: it shows what ``check`` and ``build`` would say of the source as it
now is, and writes no file. The main thread makes, one worker process lays out, a thread watches the
source, and the server's threads answer the browser. They meet at the desk.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from booklet.preview.desk import Desk, Sight
from booklet.preview.routes import Routes
from booklet.preview.screen import address
from booklet.preview.server import LOOPBACK, Server
from booklet.preview.watching import watch
from booklet.preview.workshop import Wish, Workshop
from booklet.resources import styles_dir

__all__ = ["Wish", "preview"]


def preview(wish: Wish, booklet: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve the booklets until interrupted. ``ready`` is told the address once it answers.

    Without ``booklet`` the browser is led to the list, or to the only one there is. Raises
    UsageError for a booklet or clinic that does not exist, MachineError when the port is taken.
    """
    names = [draft.id for draft in wish.survey(booklet)]
    desk = Desk()
    workshop = Workshop(wish, desk)
    stop = threading.Event()
    with Server(port, desk) as server:
        server.start(Routes(wish, desk, workshop, server.hosts), workshop.open)
        folders = (wish.source, styles_dir())
        watcher = partial(watch, folders, workshop.changed, stop.wait)
        threading.Thread(target=watcher, daemon=True).start()
        only = Sight(names[0], wish.printed.id) if len(names) == 1 else None
        if only:
            workshop.open(only)
        ready(f"http://{LOOPBACK}:{server.port}{address(only) if only else '/'}")
        try:
            workshop.run()
        finally:
            stop.set()
            server.shutdown()
