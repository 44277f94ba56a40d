"""Bytes to text, whatever encoding they came in; every repair happens here, before offsets exist."""

from __future__ import annotations

import codecs
import re

from dragoman.intake.sniff import wide_encoding

# Labels that a browser reads as a larger encoding (WHATWG Encoding Standard).
_LARGER = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "euc-kr": "cp949", "shift_jis": "cp932",
    "windows-874": "cp874", "iso-8859-8-i": "iso-8859-8", "x-user-defined": "cp1252",
    "x-mac-cyrillic": "mac-cyrillic", "macintosh": "mac-roman",
}  # fmt: skip
# Python's codecs for names, escapes and mail; no page is written in them.
_NO_CHARSETS = frozenset(
    {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf-7", "mbcs", "oem"}
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(
    rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_SAMPLE = 200_000  # bytes that the detector sees

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\u2028\u2029]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\ud800-\udfff]")
# What UTF-8 looks like when it was read as a code page: the letter of a lead byte, and a sign next to it
# that no word has there.
_MOJIBAKE_SIGN = re.compile(
    "[\u00c2-\u00c5\u00ce-\u00d1\u00d8\u00d9\u00e2\u00e3\u00ef\u0102\u0110\u0420\u0421\u0432\u043f\u0392\u0393\u2568\u2564\u251c]"
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u00ac\u2122"
    "\u0400-\u040f\u0450-\u0460\u0490\u0491\u2500-\u25a0]"
)


def _named(name: str | None) -> str | None:
    """The codec for a declared or detected name, or None where Python has none for text."""
    if not name:
        return None
    name = _LARGER.get(name.strip().lower(), name.strip().lower())
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if info.name in _NO_CHARSETS:
        return None
    return info.name if info._is_text_encoding else None  # noqa: SLF001 - hex and rot13 are codecs too


def declared_encoding(head: bytes) -> str | None:
    """The encoding that a page declares in its first bytes; UTF-16 there is always untrue (HTML standard)."""
    for pattern in (_XML_ENCODING, _META_CHARSET):
        if (match := pattern.search(head[:4096])) and (name := _named(match[1].decode("ascii"))):
            return None if name.startswith(("utf-16", "utf-32")) else name
    return None


def mostly_utf8(data: bytes) -> bool:
    """Whether bytes that fail as UTF-8 are UTF-8 all the same, with a few foreign or cut bytes."""
    sequences = _MULTIBYTE.findall(data[:_SAMPLE])
    covered = sum(map(len, sequences))
    stray = len(_HIGH_BYTE.findall(data[:_SAMPLE])) - covered
    return len(sequences) > 2 * stray


def guess_encoding(data: bytes, *, html: bool = False, charset: str | None = None) -> str:
    """
    The encoding of ``data``: byte order mark, UTF-8 where it fits, what is declared, the detector.

    UTF-8 comes before a page's own word, because text of another encoding hardly ever is valid UTF-8. Of
    what is declared, the server's word (``charset``) comes before the page's (HTML standard).

    Limit: a few lines in a code page are ambiguous; the detector then tends to windows-1252.
    """
    if wide := wide_encoding(data[:4096]):
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    if mostly_utf8(data):
        return "utf-8"
    if (named := _named(charset)) and not named.startswith("utf"):
        return named
    if html and (declared := declared_encoding(data)) and declared != "utf-8":
        return declared
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415 - 15 ms, only for old encodings

    return _named(detect_encoding(_high_part(data), max_len=_SAMPLE)) or "cp1252"


def _high_part(data: bytes) -> bytes:
    """The stretch where letters beyond ASCII begin: the detector looks at the start alone."""
    first = _HIGH_BYTE.search(data)
    start = max(0, first.start() - 1000) if first else 0
    return data[start : start + _SAMPLE]


def decode(data: bytes, encoding: str) -> str:
    """Text of ``data``; what is no character of the encoding becomes its windows-1252 letter or U+FFFD."""
    if encoding.startswith(("utf-8", "utf_8")):
        text = data.decode("utf-8", errors="surrogateescape").removeprefix("\ufeff")
        return _ESCAPED_BYTE.sub(_from_cp1252, text)
    return data.decode(encoding, errors="replace").removeprefix("\ufeff")


def _from_cp1252(match: re.Match[str]) -> str:
    return bytes([ord(match[0]) - 0xDC00]).decode("cp1252", errors="replace")


def clean(text: str) -> str:
    """
    ``text`` as it can be stored: one kind of line end, no broken encoding, no control characters.

    The one repair that moves characters besides line ends is that of mojibake; a control
    character or half a surrogate pair is replaced one for one.
    """
    text = repair_mojibake(_LINE_END.sub("\n", text))
    return _UNPRINTABLE.sub(_printable, text)


def _printable(match: re.Match[str]) -> str:
    """What stands for a control: C1 controls are windows-1252 punctuation read as Latin-1 (HTML standard)."""
    code = ord(match[0])
    if code >= 0xD800:
        return "\ufffd"
    return bytes([code]).decode("cp1252", errors="replace").replace("\ufffd", " ") if code > 0x7F else " "


def repair_mojibake(text: str) -> str:
    """
    ``text`` with "â€™" and its kin read anew in the encoding they were written in.

    Works line by line, only on lines that show the signs, and mends encodings alone: quotes,
    ligatures and widths stay as they are.

    Source: ftfy's ``fix_encoding``.
    """
    if text.isascii() or not _MOJIBAKE_SIGN.search(text):
        return text
    from ftfy import TextFixerConfig, fix_encoding  # noqa: PLC0415 - 65 ms, only where there are signs

    config = TextFixerConfig(restore_byte_a0=True, fix_c1_controls=False)
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if _MOJIBAKE_SIGN.search(line):
            lines[i] = _LINE_END.sub(" ", fix_encoding(line, config)).replace("\n", " ")
    return "\n".join(lines)
