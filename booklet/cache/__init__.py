"""What was made before: the digest of all that a result depends on goes in, the result comes out.

Nothing here decides whether a booklet may be built, and nothing here is ever needed: an entry that
is missing, damaged or of another program is made anew.
"""

from __future__ import annotations

from booklet.cache.keys import Setting, digest, distributions, job_key, program_digest
from booklet.cache.made import keep, recall
from booklet.cache.store import DAYS, Kept, Store, beside

__all__ = [
    "DAYS",
    "Kept",
    "Setting",
    "Store",
    "beside",
    "digest",
    "distributions",
    "job_key",
    "keep",
    "program_digest",
    "recall",
]
