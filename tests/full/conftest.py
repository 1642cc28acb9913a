"""The real booklet and the test booklet with everything in it, each built once for all tests."""

from __future__ import annotations

import pytest

from tests.finished import Built, build_booklet
from tests.needs import PROJECT

SAMPLE = "stem-cell-therapy-for-stroke"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_booklet(PROJECT / "source", tmp_path_factory.mktemp("sample"), SAMPLE)


@pytest.fixture(scope="session")
def torture(tmp_path_factory: pytest.TempPathFactory) -> Built:
    source = PROJECT / "tests" / "torture" / "source"
    return build_booklet(source, tmp_path_factory.mktemp("torture"), "torture", "greenhouse")
