"""Opens finished files as a stranger would: an Artifact and an Expectation in, a Verdict out."""

from __future__ import annotations

from booklet.editions import Artifact, Expectation, Verdict
from booklet.verify.epub import verify_epub
from booklet.verify.pdf import verify_pdf
from booklet.verify.press import verify_press
from booklet.verify.sheets import verify_sheets

VERIFIERS = {
    "pdf": verify_pdf,
    "epub": verify_epub,
    "sheets": verify_sheets,
    "press": verify_press,
}
"""One verifier a format; a new format adds a line here."""


def verify(artifact: Artifact, expectation: Expectation) -> Verdict:
    """Hold a finished file to what it must be; nothing is assumed from how it was made."""
    findings, tools = VERIFIERS[artifact.edition.format](artifact, expectation)
    return Verdict(artifact, findings, tools)
