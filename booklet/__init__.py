"""Build accessible, large-print PDF and EPUB booklets for caregivers from structured source."""

__version__ = "0.1.0"
