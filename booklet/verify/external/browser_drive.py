"""A program of its own: a task file in, a file of plain measures for each e-book out.

It stands alone (the standard library and Playwright) and runs in a process of its own, so that a
browser that hangs can be stopped like any other outside tool. What is measured stands in
``browser_measures.js``; what the measures mean, in ``browser_judge.py``.
"""

from __future__ import annotations

import json
import os
import sys
import zipfile
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

HOME = "http://book.invalid/"  # RFC 2606: such a name leads nowhere
HEIGHT = 800
FAULT = 200
"""Letters of a fault that are told: the browser's own words go on for pages."""
TABLE_ROLES = ("table", "row", "columnheader", "rowheader", "cell", "gridcell")
PICTURE_ROLES = ("image", "img")


def main(task_file: str) -> int:
    """Do the task and return an exit code; a fault is told in one line, never as a traceback."""
    try:
        measure(json.loads(Path(task_file).read_text(encoding="utf-8")))
    except Exception as error:  # noqa: BLE001  # whatever it is, the parent process must hear it
        told("fault", " ".join(str(error).split())[:FAULT])
        return 1
    return 0


def measure(task: Mapping[str, Any]) -> None:
    """Open every book of the task in one browser; each finished one leaves its own report."""
    # An outside tool like Java, not something the product asks for: so it is no import.
    playwright = import_module("playwright.sync_api")
    with playwright.sync_playwright() as play:
        browser = _started(play.chromium, playwright.Error, task["chromium"])
        told("version", browser.version)
        for number, book in enumerate(task["books"]):
            with zipfile.ZipFile(book["file"]) as archive:
                measures = _book(browser, archive, book, task)
            Path(book["report"]).write_text(json.dumps(measures), encoding="utf-8")
            told("done", str(number))
        browser.close()
    told("end")


def _started(kind: Any, fault: type[Exception], program: str) -> Any:
    """Start the browser in its sandbox, and without where the machine allows none.

    That is for root and in many containers. Even then no page runs a script or reaches a network.
    """
    if getattr(os, "geteuid", lambda: 1)() != 0:
        try:
            return kind.launch(executable_path=program, chromium_sandbox=True)
        except fault:
            pass
    return kind.launch(executable_path=program, chromium_sandbox=False)


def told(*words: str) -> None:
    """Tell the parent process a record."""
    print("@" + "\t".join(words), flush=True)  # noqa: T201  # what the parent process reads


def _book(
    browser: Any, archive: zipfile.ZipFile, book: Mapping[str, Any], task: Mapping[str, Any]
) -> dict[str, Any]:
    context = browser.new_context(java_script_enabled=False, offline=True)
    context.set_default_timeout(task["milliseconds"])
    context.route("**/*", lambda route: _serve(route, archive, book["types"]))
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    measures = {path: _page(page, devtools, path, task) for path in book["pages"]}
    context.close()
    return measures


def _serve(route: Any, archive: zipfile.ZipFile, types: Mapping[str, str]) -> None:
    """Answer from inside the book; all else is refused, so nothing leaves the machine."""
    address = route.request.url
    path = unquote(urlsplit(address).path.removeprefix("/"))
    if not address.startswith(HOME) or path not in archive.namelist():
        route.abort()
        return
    route.fulfill(body=archive.read(path), content_type=types.get(path))


def _page(page: Any, devtools: Any, path: str, task: Mapping[str, Any]) -> dict[str, Any]:
    """Measure one page in every setting of the task; it is loaded once."""
    wide = task["wide"]
    page.set_viewport_size({"width": wide, "height": HEIGHT})
    page.emulate_media(color_scheme="light")
    page.goto(HOME + quote(path))
    measures: dict[str, Any] = {"page": _asked(page, task, "page")}
    if measures["page"]["broken"]:
        return measures
    measures["keyboard"] = _keyboard(page, task)
    measures["contrast"] = {}
    for theme in task["themes"]:
        page.emulate_media(color_scheme=theme["scheme"])
        measures["contrast"][theme["name"]] = _asked(page, task, "contrast", theme["css"])
    page.emulate_media(color_scheme="light")
    measures["layout"], measures["tree"] = {}, {}
    for setting in task["settings"]:
        page.set_viewport_size({"width": setting["width"], "height": HEIGHT})
        measures["layout"][setting["name"]] = _asked(page, task, "layout", setting["css"])
        if not setting["css"]:
            measures["tree"][setting["name"]] = _tree(devtools)
    return measures


def _asked(page: Any, task: Mapping[str, Any], what: str, css: str = "") -> Any:
    return page.evaluate(task["script"], {"what": what, "css": css})


def _keyboard(page: Any, task: Mapping[str, Any]) -> dict[str, Any]:
    """Press Tab once for each thing that can be reached, and note where it leads."""
    way = _asked(page, task, "way")
    steps = []
    for _ in way:
        page.keyboard.press("Tab")
        steps.append(_asked(page, task, "focus"))
    return {"way": way, "steps": steps}


def _tree(devtools: Any) -> dict[str, Any]:
    """Return what assistive technology is told: parts of tables, and what has no name."""
    nodes = [
        (node["role"].get("value"), node.get("name", {}).get("value", "").strip())
        for node in devtools.send("Accessibility.getFullAXTree")["nodes"]
        if not node["ignored"]
    ]
    roles = [role for role, _ in nodes]
    return {
        "table": [roles.count(role) for role in TABLE_ROLES],
        "nameless pictures": _nameless(nodes, PICTURE_ROLES),
        "nameless links": _nameless(nodes, ("link", "doc-noteref", "doc-backlink", "doc-glossref")),
    }


def _nameless(nodes: Sequence[tuple[str, str]], roles: tuple[str, ...]) -> int:
    return sum(role in roles and not name for role, name in nodes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
