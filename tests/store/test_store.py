"""Opening, versions, locks."""

from __future__ import annotations

from dragoman.store import Store


def test_a_new_dossier_is_empty_and_fresh(store: Store) -> None:
    with store.reading() as found:
        assert found.reports() == {}
        assert found.is_fresh()
        assert found.about()["made_by"]
