"""Every test runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "making")]

from fixtures import server, store, where  # noqa: E402 - beside these tests

__all__ = ["server", "store", "where"]
