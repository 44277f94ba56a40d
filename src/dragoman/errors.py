"""
What can go wrong, as one small tree.

    DragomanError
    ├── UsageError        the caller asked for something that cannot be done (exit code 2)
    ├── ReportError       one report cannot be read; the batch goes on (exit code 1)
    │   ├── IntakeError   bytes that are no report: unreadable, empty, binary, broken JSON
    │   └── TextError     bytes that hold no text worth reading
    └── ModelError        the language model or a data table is missing or damaged

A message says what, where and what to try. Declining to decide is not an error: it is data
(:class:`dragoman.model.Declined`).
"""

from __future__ import annotations


class DragomanError(Exception):
    """Base of everything that Dragoman raises on purpose."""


class UsageError(DragomanError):
    """The call itself is wrong; nothing was read."""


class ReportError(DragomanError):
    """
    One report cannot be read.

    Args:
        message: what is wrong and what to try.
        where: file, with the line where there is one ("reports.jsonl:12").
    """

    def __init__(self, message: str, *, where: str) -> None:
        super().__init__(f"{where}: {message}")
        self.message = message
        self.where = where

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with both arguments, so that worker processes can hand it back."""
        return _rebuild, (type(self), self.message, self.where)


class IntakeError(ReportError):
    """The bytes are no report."""


class TextError(ReportError):
    """The report holds no text worth reading."""


class ModelError(DragomanError):
    """The language model or a data table is missing or damaged."""


def _rebuild(kind: type[ReportError], message: str, where: str) -> ReportError:
    return kind(message, where=where)
