"""
Reads FollowTheMoney entities from standard input with the library itself, in a process of its own.

The library is a locked tool of the developers without PyICU, which has no wheel: where that is missing, a
stand-in does in its place what the checks of a schema never ask for, the transliteration of names.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from types import ModuleType
from typing import Any


class Transliterator:
    """Stands in for the one of PyICU."""

    @classmethod
    def createInstance(cls, _: str) -> Transliterator:  # noqa: N802 - the name that PyICU has
        return cls()

    def transliterate(self, text: str) -> str:
        return text


def main() -> None:
    if importlib.util.find_spec("icu") is None:
        icu: Any = ModuleType("icu")
        icu.Transliterator = Transliterator
        sys.modules["icu"] = icu
    import followthemoney  # noqa: PLC0415 - after the stand-in
    from followthemoney import model  # noqa: PLC0415

    rows = [json.loads(line) for line in sys.stdin]
    schemata = {row["id"]: model[row["schema"]] for row in rows}
    assert len(schemata) == len(rows), "ids are not unique"
    for row in rows:
        entity = model.get_proxy(row, cleaned=False)
        entity.schema.validate(row)
        missing = [name for name in entity.schema.required if not entity.get(name)]
        assert not missing, (row, missing)
        for name, values in row["properties"].items():
            prop = entity.schema.get(name)
            assert prop is not None, (row, name)
            assert not prop.stub, (row, name)
            assert set(entity.get(name)) == set(values), (row, name, entity.get(name))
            for value in values:
                assert prop.type.clean(value) == value, (row, name, value)
                if prop.range is not None:
                    assert schemata[value].is_a(prop.range), (row, name, value)
    sys.stdout.write(json.dumps({"version": followthemoney.__version__, "entities": len(rows)}))


if __name__ == "__main__":
    main()
