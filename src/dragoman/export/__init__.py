"""A dossier in the forms of other tools, and as drawings: one file a format."""

from dragoman.export.contents import Contents, Format, Notes, Read
from dragoman.export.registry import FORMATS, find_format
from dragoman.export.write import export_bytes, write_file, write_stream

__all__ = [
    "FORMATS",
    "Contents",
    "Format",
    "Notes",
    "Read",
    "export_bytes",
    "find_format",
    "write_file",
    "write_stream",
]
