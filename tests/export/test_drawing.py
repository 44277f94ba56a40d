"""Drawings: what is uncertain looks so, all is said in words, and the page decides on style and links."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from dragoman.errors import UsageError
from dragoman.export import plots
from dragoman.export.drawing import STYLESHEET, Look, map_of_places, matrix, months, network, timeline
from dragoman.export.drawing.map import POLICY
from dragoman.export.drawing.scale import Scale, extent_of
from dragoman.export.drawing.shapes import fitted, width_of, wrapped
from dragoman.export.places import find_spot
from dragoman.model import Happening, Settled, Standing, Status

DRAW = {"timeline": timeline, "months": months, "matrix": matrix, "network": network, "map": map_of_places}
NS = {"s": "http://www.w3.org/2000/svg"}


def tree(svg: str) -> Any:
    return etree.fromstring(svg.encode())


def dated(happening: Happening, edtf: str | None, **slots: Any) -> Happening:
    """The happening with another date and other slots."""
    changed = {name: Settled(value, Standing.SINGLE) for name, value in {"date": edtf, **slots}.items()}
    return replace(happening, slots={**happening.slots, **changed})


def event_of(svg: str, *, index: int = 0) -> Any:
    return tree(svg).xpath("//s:g[contains(@class,'dg-event')]", namespaces=NS)[index]


def classes(element: Any) -> set[str]:
    return {name for part in element.iter() for name in (part.get("class") or "").split()}


@pytest.mark.parametrize("kind", DRAW)
def test_a_drawing_is_named_and_described(happenings: list[Happening], kind: str) -> None:
    root = tree(DRAW[kind](happenings))
    assert root.get("role") == "img"
    title, description = (root.find(f"s:{name}", NS) for name in ("title", "desc"))
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text
    assert description.text
    assert root.get("viewBox")


@pytest.mark.parametrize("kind", DRAW)
def test_the_page_may_bring_the_style(happenings: list[Happening], kind: str) -> None:
    """What a strict content security policy forbids is not there: no style in elements or attributes."""
    plain = DRAW[kind](happenings, look=Look(style=False))
    assert "<style" not in plain
    assert not tree(plain).xpath("//@style")
    assert STYLESHEET in DRAW[kind](happenings)


@pytest.mark.parametrize("kind", DRAW)
def test_every_class_has_a_rule(happenings: list[Happening], kind: str) -> None:
    used = classes(tree(DRAW[kind](happenings)))
    unstyled = {"dg", "dg-event", "dg-fade", *(f"dg-is-{status}" for status in (*Status, "other"))}
    missing = {name for name in used - unstyled if f".{name}{{" not in STYLESHEET}
    assert missing == set()


@pytest.mark.parametrize("kind", DRAW)
def test_the_same_events_give_the_same_drawing_in_any_order(happenings: list[Happening], kind: str) -> None:
    drawn = DRAW[kind](happenings)
    assert DRAW[kind](happenings) == drawn
    if kind != "map":  # a point's title tells its events in the order given
        assert sorted(DRAW[kind](happenings[::-1])) == sorted(drawn)


@pytest.mark.parametrize("kind", DRAW)
def test_a_drawing_of_nothing_says_so(kind: str) -> None:
    root = tree(DRAW[kind]([]))
    assert root.find("s:desc", NS).text


@pytest.mark.parametrize("kind", DRAW)
def test_no_link_is_hidden_inside_an_image(happenings: list[Happening], kind: str) -> None:
    look = Look(
        link=lambda event: f"/event/{event}?a=1&b=2",
        pair=lambda pair: f"/pair/{pair}",
        party=lambda party: f"/actor/{party}",
    )
    root = tree(DRAW[kind](happenings, look=look))
    assert root.get("role") == "group"
    links = root.xpath("//s:a/@href", namespaces=NS)
    if kind == "timeline":
        assert len(links) == len(happenings)
        assert f"/event/{happenings[0].id}?a=1&b=2" in links
    assert "" not in links


def test_ids_follow_the_look_so_that_drawings_share_a_page(happenings: list[Happening]) -> None:
    ids = [tree(timeline(happenings, look=Look(id=name))).xpath("//@id") for name in ("one", "two")]
    assert not set(ids[0]) & set(ids[1])


# --- the timeline ----------------------------------------------------------------------------------------


def test_a_certain_day_is_a_mark_alone(happenings: list[Happening]) -> None:
    event = event_of(timeline([dated(happenings[0], "2022-01-10")]))
    assert not {"dg-bar", "dg-fade", "dg-about", "dg-hollow"} & classes(event)


def test_an_interval_is_a_bar_and_a_month_too(happenings: list[Happening]) -> None:
    for edtf in ("2022-01-10/2022-01-12", "2022-01"):
        assert "dg-bar" in classes(event_of(timeline([dated(happenings[0], edtf)])))


def test_an_open_end_fades_away(happenings: list[Happening]) -> None:
    for edtf, side in (("../2022-01-13", "start"), ("2022-01-13/..", "end")):
        event = event_of(timeline([dated(happenings[0], edtf)]))
        assert "dg-fade" in classes(event)
        assert f"url(#dg-meeting-{side})" in etree.tostring(event).decode()


def test_about_is_dotted(happenings: list[Happening]) -> None:
    assert "dg-about" in classes(event_of(timeline([dated(happenings[0], "2022-01-21~")])))
    assert ".dg .dg-about{stroke-dasharray" in STYLESHEET


@pytest.mark.parametrize(
    ("status", "marks"),
    [
        (Status.HELD, set()),
        (Status.PLANNED, {"dg-hollow"}),
        (Status.CANCELLED, {"dg-hollow", "dg-strike"}),
        (Status.DENIED, {"dg-hollow", "dg-strike"}),
    ],
)
def test_status_is_seen_at_a_glance(happenings: list[Happening], status: Status, marks: set[str]) -> None:
    event = event_of(timeline([dated(happenings[0], "2022-01-10", status=str(status))]))
    assert classes(event) & {"dg-hollow", "dg-strike"} == marks
    assert f"dg-is-{status}" in event.get("class")


def test_conflict_and_overdue_have_a_mark_and_words(happenings: list[Happening]) -> None:
    drawn = tree(timeline(happenings))
    titles = drawn.xpath("//s:g[contains(@class,'dg-event')]/s:title/text()", namespaces=NS)
    assert any("reports differ on date: 10 January 2022 (1 source)" in title for title in titles)
    assert any(title.endswith("; overdue") for title in titles)
    assert {"≠", "!"} <= set(drawn.xpath("//s:text[contains(@class,'dg-warn')]/text()", namespaces=NS))


def test_events_without_a_date_have_a_column(happenings: list[Happening]) -> None:
    drawn = timeline(happenings)
    assert len(tree(drawn).xpath("//s:g[contains(@class,'dg-event')]", namespaces=NS)) == len(happenings)
    assert "no date" in drawn
    assert "3 without a date or of an unknown year" in drawn


def test_many_events_of_one_day_are_counted(happenings: list[Happening]) -> None:
    many = [replace(dated(happenings[0], "2022-01-10"), id=f"{n:016x}") for n in range(100)]
    drawn = tree(timeline(many))
    shown = len(drawn.xpath("//s:g[contains(@class,'dg-event')]", namespaces=NS))
    more = [text for text in drawn.xpath("//s:text/text()", namespaces=NS) if text.startswith("+")]
    assert shown + sum(map(int, more)) == 100
    assert float(drawn.get("height")) < 600


def test_today_is_a_line_where_the_days_hold_it(happenings: list[Happening]) -> None:
    inside = timeline(happenings, today=date(2022, 1, 15))
    assert 'class="dg-today"' in inside
    assert 'class="dg-today"' not in timeline(happenings, today=date(2030, 1, 1))


DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
EDTF = st.one_of(
    DAYS.map(str),
    DAYS.map(lambda day: f"../{day}"),
    DAYS.map(lambda day: f"{day}/.."),
    DAYS.map(lambda day: f"{day}~"),
    st.tuples(DAYS, DAYS).map(lambda days: "/".join(map(str, sorted(days)))),
    DAYS.map(lambda day: f"{day.year:04}-{day.month:02}"),
    DAYS.map(lambda day: f"{day.year:04}"),
)


@given(st.lists(EDTF, min_size=1, max_size=12), st.integers(300, 2000))
@settings(max_examples=60, deadline=None)
def test_days_lie_on_the_line_in_their_order(dates: Sequence[str], right: int) -> None:
    extents = [found for edtf in dates if (found := extent_of(edtf))]
    scale = Scale.of(extents, 200, right)
    days = sorted(day for found in extents for day in (found.first, found.last))
    places = [scale.x(day) for day in days]
    assert places == sorted(places)
    assert all(199.9 <= x <= right + 0.1 for x in places)
    ticks = [x for x, _ in scale.ticks()]
    assert ticks == sorted(ticks)
    assert len(scale.cuts) <= 6


@given(dates=st.lists(st.one_of(EDTF, st.none()), max_size=12))
@settings(max_examples=40, deadline=None)
def test_any_dates_make_a_drawing(happenings: list[Happening], dates: Sequence[str | None]) -> None:
    found = [replace(dated(happenings[0], edtf), id=f"{n:016x}") for n, edtf in enumerate(dates)]
    for draw in DRAW.values():
        numbers = re.findall(r'(?:x|y|cx|cy|width|height)="(-?[\d.]+|nan|inf)"', draw(found))
        assert "nan" not in numbers
        assert all(-500 < float(value) < 20_000 for value in numbers)


@pytest.mark.parametrize("width", [390, 1280, 1920])
@pytest.mark.parametrize("kind", DRAW)
def test_nothing_is_drawn_beside_the_drawing(happenings: list[Happening], kind: str, width: int) -> None:
    long = "The Standing Conference on the Fisheries of the Northern and Southern Seas"
    found = [*happenings, dated(happenings[0], "2022-03-01", forum=long, parties=("CHL", "NOR", long))]
    root = tree(DRAW[kind](found, look=Look(width=width)))
    whole = float(root.get("width"))
    assert whole <= width
    for text in root.xpath("//s:text[not(@transform)]", namespaces=NS):
        x, words = float(text.get("x")), "".join(text.xpath("text()"))
        turned = text.xpath("ancestor::s:g/@transform", namespaces=NS)
        if not turned:
            name = text.get("class") or ""
            wide = width_of(words, 15 if "dg-head" in name else 11 if "dg-small" in name else 12)
            left = x - (wide if "dg-end" in name else wide / 2 if "middle" in name or "number" in name else 0)
            assert left >= -8, words
            assert left + wide <= whole + 8, words
    for shape in root.xpath("//s:rect[not(ancestor::s:g/@transform)]", namespaces=NS):
        assert float(shape.get("x", 0)) >= -0.1
        assert float(shape.get("x", 0)) + float(shape.get("width")) <= whole + 0.1


# --- the others ------------------------------------------------------------------------------------------


def test_a_meeting_of_several_counts_for_each_pair(happenings: list[Happening]) -> None:
    three = dated(happenings[0], "2022-01-10", parties=("CHL", "NOR", "USA"))
    described = tree(months([three])).find("s:desc", NS).text
    pairs = ("Chile – Norway", "Chile – United States", "Norway – United States")
    assert described == "; ".join(f"{pair}: 1 meeting" for pair in pairs)
    assert "Chile and Norway met once" in tree(matrix([three])).find("s:desc", NS).text
    assert "3 pairs of parties met" in tree(network([three])).find("s:desc", NS).text


def test_an_open_month_is_counted_in_none(happenings: list[Happening]) -> None:
    found = [dated(happenings[0], edtf) for edtf in ("2022-01-20/2022-02-03", "../2022-01-10", "2022", None)]
    assert "4 meetings whose month is open not counted" in months(found)


def test_what_did_not_take_place_is_no_meeting_of_anybody(happenings: list[Happening]) -> None:
    off = dated(happenings[0], "2022-01-10", status="cancelled")
    assert "no meetings are reported" in matrix([off])
    assert "no meetings with a month" in months([off])


def test_years_without_meetings_are_cut_out(happenings: list[Happening]) -> None:
    drawn = months([dated(happenings[0], day) for day in ("2013-10-15", "2022-01-10")])
    assert "Meetings per month by pair" in drawn
    assert {"Oct 2013", "Jan 2022"} <= set(tree(drawn).xpath("//s:text/text()", namespaces=NS))


def test_a_map_draws_coasts_and_no_borders(happenings: list[Happening]) -> None:
    drawn = map_of_places([dated(happenings[0], "2022-01-10", place="Geneva", country="CHE")])
    assert POLICY.split(":")[0] in drawn
    assert len(tree(drawn).xpath("//s:path[@class='dg-land']", namespaces=NS)) == 1
    assert "Geneva" in tree(drawn).xpath("//s:text/text()", namespaces=NS)


def test_a_country_alone_is_a_hollow_square(happenings: list[Happening]) -> None:
    drawn = tree(map_of_places([dated(happenings[0], "2022-01-10", place=None, country="CHE")]))
    assert len(drawn.xpath("//s:rect[@class='dg-country']", namespaces=NS)) == 2  # the key and the country
    assert not drawn.xpath("//s:circle[contains(@class,'dg-mark')]", namespaces=NS)


def test_places_are_found_in_their_country() -> None:
    geneva = find_spot("Genève", "CHE")
    assert geneva == find_spot("geneva", "CHE") == find_spot("Geneva", None)
    assert geneva is not None
    assert (geneva.latitude, geneva.longitude, geneva.exact) == (46.2, 6.15, "place")
    assert find_spot("Vienna", "AUT") is not None
    seat = find_spot(None, "NLD")
    assert seat is not None
    assert (seat.name, seat.exact) == ("The Hague", "country")
    assert find_spot("Geneva", "FRA") is None  # known, and not there
    assert find_spot("a place that nobody knows", None) is None
    assert find_spot(None, None) is None


# --- text and colours ------------------------------------------------------------------------------------


@given(st.text(max_size=300), st.integers(20, 400))
@settings(deadline=None)
def test_text_never_needs_more_room_than_there_is(words: str, room: int) -> None:
    assert width_of(fitted(words, room)) <= room + 12
    lines = wrapped(words, room, 3)
    assert 1 <= len(lines) <= 3
    assert all(width_of(line) <= room + 12 for line in lines)


def _luminance(colour: str) -> float:
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    """As WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_colours_can_be_told_from_their_ground(dark: bool) -> None:
    """Text at least 4.5:1, marks at least 3:1, on the ground and on the bands."""
    light_rules, _, dark_rules = STYLESHEET.partition("@media (prefers-color-scheme:dark)")
    rules = dict(re.findall(r"\.dg (?:\.|text\.?)([\w-]*)\{[^}]*?fill:(#\w{6})", light_rules))
    if dark:
        rules |= dict(re.findall(r"\.dg (?:\.|text\.?)([\w-]*)\{[^}]*?fill:(#\w{6})", dark_rules))
    grounds = (rules["dg-ground"], rules["dg-band"])
    for ground in grounds:
        assert contrast(rules[""], ground) >= 4.5
        assert contrast(rules["dg-dim"], ground) >= 4.5
        assert contrast(rules["dg-warn"], ground) >= 4.5
        for kind in ("meeting", "proposal", "agreement", "refusal", "node", "place"):
            assert contrast(rules[f"dg-{kind}"], ground) >= 3, kind
    for shade in range(1, 6):  # numbers on the squares of the matrix
        assert contrast(rules["dg-light" if shade >= 4 else ""], rules[f"dg-q{shade}"]) >= 4.5, shade


# --- plots -----------------------------------------------------------------------------------------------


def test_a_plot_shows_itself_in_a_notebook(happenings: list[Happening], tmp_path: Path) -> None:
    drawn = plots.plot("months", happenings)
    assert drawn._repr_svg_() == str(drawn) == drawn.svg
    assert drawn.save(tmp_path / "a" / "months.svg").read_text(encoding="utf-8") == drawn.svg


def test_without_its_extra_a_png_says_what_to_install_and_svg_needs_nothing(
    happenings: list[Happening], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)  # as on a machine without it
    drawn = plots.plot("matrix", happenings)
    with pytest.raises(UsageError, match=r"pip install 'dragoman\[plots\]'"):
        drawn.save(tmp_path / "matrix.png")
    assert list(tmp_path.iterdir()) == []
    assert drawn.save(tmp_path / "matrix.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_plot_is_saved_as_png(happenings: list[Happening], tmp_path: Path) -> None:
    pytest.importorskip("resvg_py")
    data = plots.plot("matrix", happenings).save(tmp_path / "matrix.PNG").read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width = int.from_bytes(data[16:20], "big")
    assert width == 2 * float(tree(matrix(happenings)).get("width"))


def test_what_is_missing_for_png_is_named(
    happenings: list[Happening], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(plots, "import_module", missing)
    with pytest.raises(UsageError, match=r"pip install 'dragoman\[plots\]'"):
        plots.plot("map", happenings).png()


def test_wrong_kinds_and_suffixes_name_the_right_ones(happenings: list[Happening], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="timeline, months, matrix, network, map"):
        plots.plot("pie", happenings)
    with pytest.raises(UsageError, match=r"\.svg or \.png"):
        plots.plot("map", happenings).save(tmp_path / "map.pdf")
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        plots.plot("map", happenings).save(tmp_path / "file" / "map.svg")
