"""Files of other programs enter; drafts of booklets leave, which nothing builds until finished.

An importer never builds. A draft has no review date and no disclaimer of its own, and each guess
in it carries a mark, so that the checks stop it until a person has been through it.
"""

from __future__ import annotations

from booklet.importers.draft import REPORT, Draft, draft_of, files_in
from booklet.importers.limits import RefusedError
from booklet.importers.naming import booklet_id
from booklet.importers.placing import place

__all__ = ["REPORT", "Draft", "RefusedError", "booklet_id", "draft_of", "files_in", "place"]
