"""What reports may hold to harm those who read about them."""

from __future__ import annotations

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "svg": '"><svg onload=alert(1)><foreignObject/></svg>',
    "handler": "' onmouseover='alert(1)",
    "scheme": "javascript:alert(1)",
    "braces": "{{7*7}} {% include 'x' %} ${7*7} <%= 7 %> `= this.file`",
    "wiki": "[[../../etc/passwd]] ![[x]] [a](javascript:alert(1)) # h\n---\n- x",
    "override": "\u202egnp.exe\u202c \u2066x\u2069 \u200fy",
    "controls": "a\x00b\x07c\x1b[31md\x1b[0m\x9be",
    "halves": "a\ud800b\udfffc",
    "nothing": "\ufffe\uffff",
    "formula": '=HYPERLINK("http://evil.example","x")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(1,2)",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "lines": "x\r\nEND:VEVENT\r\nEND:VCALENDAR\nBEGIN:VALARM\n\n=x",
    "cdata": "]]> <!-- --> <?xml?> &lt; &amp;",
    "latex": r"\input{/etc/passwd} } % $x$ #1 ~ ^",
    "yaml": '": x\n!!python/object/apply:os.system ["id"]',
    "long": "long " * 4_000,
}
MEGABYTE = "long " * 200_000  # on one line
HIDDEN = "\u202e\u202c\u2066\u2069\u200f\x00\x07\x1b\x9b"
