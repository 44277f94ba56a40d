"""The version of the tables: which a dossier has, and bringing an older one up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from dragoman.errors import UsageError

MIGRATIONS = Path(__file__).parent / "migrations"
# Every version there was, oldest first; a test holds them against the files.
REVISIONS = ("0001",)
HEAD = REVISIONS[-1]


def version_of(connection: Connection) -> str | None:
    """The version of the tables, None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def check_version(version: str | None, where: str) -> None:
    """UsageError for tables that a newer Dragoman made."""
    if version is not None and version not in REVISIONS:
        raise UsageError(
            f"{where}: made by a newer Dragoman (its tables are version {version}, this one knows up to "
            f"{HEAD}); install a newer Dragoman"
        )


def migrate(connection: Connection) -> None:
    """Make the tables, or bring older ones up to date, in the transaction that is open."""
    from alembic import command  # noqa: PLC0415 - a fifth of a second that asking a dossier need not wait
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
