"""Outside validators: finished files in, what independent programs say of them out.

They share no code with the booklet's own verification. One that is missing, is stopped or gives no
clear report about exactly that file says "not checked"; it never passes by silence.
"""

from __future__ import annotations

from booklet.verify.external.ace import check_ace
from booklet.verify.external.browser import check_in_browser
from booklet.verify.external.epubcheck import check_epubs
from booklet.verify.external.every import check_all
from booklet.verify.external.machine import Machine, ToolStatus, available, look
from booklet.verify.external.run import Checked
from booklet.verify.external.vera import check_pdfs

__all__ = (
    "Checked",
    "Machine",
    "ToolStatus",
    "available",
    "check_ace",
    "check_all",
    "check_epubs",
    "check_in_browser",
    "check_pdfs",
    "look",
)
