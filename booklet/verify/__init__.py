"""Opens finished files as a stranger would: an Artifact and an Expectation in, a Verdict out."""

from __future__ import annotations

from importlib import import_module

from booklet.editions import Artifact, Expectation, Verdict


def verify(artifact: Artifact, expectation: Expectation) -> Verdict:
    """Hold a finished file to what it must be; nothing is assumed from how it was made.

    Each format has a verifier of its own, the module of its name, which is loaded when the first
    file of the format is there.
    """
    kind = artifact.edition.format
    findings, tools = getattr(import_module(f"{__name__}.{kind}"), f"verify_{kind}")(
        artifact, expectation
    )
    return Verdict(artifact, findings, tools)
