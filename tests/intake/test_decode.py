"""Bytes in many encodings come out as the text that was written."""

from __future__ import annotations

import pytest

from dragoman.intake.decode import clean, decode, guess_encoding, repair_mojibake

RUSSIAN = (
    "Министры иностранных дел Норвегии и Чили встретились в Бергене и договорились начать переговоры "
    "о рыболовстве. Стороны намерены подписать соглашение в мае, сообщил представитель министерства."
)
GREEK = (
    "Οι υπουργοί Εξωτερικών της Νορβηγίας και της Χιλής συναντήθηκαν στο Μπέργκεν και συμφώνησαν να αρχίσουν "
    "συνομιλίες για την αλιεία. Οι δύο πλευρές θα συναντηθούν ξανά τον Μάιο."
)
ENGLISH = (
    "The envoys met in Reykjavík – “a good start”, said Minister Østergård’s aide – and go on in São Paulo."
)
POLISH = "Ministrowie spotkali się w Gdańsku i uzgodnili rozpoczęcie rozmów o połowach. Źródła mówią o maju."
JAPANESE = "外相はベルゲンで会談し、漁業協定の交渉を始めることで合意した。次回の会合は五月に開かれる。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *(
            (RUSSIAN, name)
            for name in (
                "utf-8",
                "utf-8-sig",
                "utf-16",
                "utf-16-le",
                "utf-16-be",
                "cp1251",
                "koi8-r",
                "iso-8859-5",
            )
        ),
        *((GREEK, name) for name in ("utf-8", "utf-16", "iso-8859-7", "cp1253")),
        *((ENGLISH, name) for name in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252")),
        (POLISH * 3, "cp1250"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
    ],
)
def test_text_survives_its_encoding(text: str, encoding: str) -> None:
    data = text.encode(encoding, errors="ignore")
    expected = data.decode(encoding)
    assert clean(decode(data, guess_encoding(data))) == expected.removeprefix("\ufeff")


def test_what_a_page_declares_counts_after_utf8() -> None:
    page = '<html><head><meta charset="{}"></head><body>Žižkov, Plzeň</body></html>'
    as_declared = page.format("windows-1250").encode("cp1250")
    assert "Žižkov, Plzeň" in decode(as_declared, guess_encoding(as_declared, html=True))
    falsely = page.format("iso-8859-1").encode()
    assert "Žižkov, Plzeň" in decode(falsely, guess_encoding(falsely, html=True))


def test_a_page_that_declares_no_encoding_of_text_is_read_all_the_same() -> None:
    for name in ("rot13", "hex", "utf-16", "nonsense", "idna"):
        data = f'<meta charset="{name}"> {ENGLISH} Señor Núñez spoke.'.encode("cp1252")
        assert "Núñez" in decode(data, guess_encoding(data, html=True))


def test_foreign_bytes_in_utf8_are_read_as_windows_1252() -> None:
    data = "The envoys – all of them – met in Zürich – again. ".encode() * 3 + b"It\x92s \x93over\x94."
    assert decode(data, guess_encoding(data)).endswith("It’s “over”.")


def test_utf8_cut_in_the_middle_of_a_character_is_still_utf8() -> None:
    data = RUSSIAN.encode()[:-1]
    assert decode(data, guess_encoding(data)).startswith(RUSSIAN[:50])


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1", "cp1251"])
def test_mojibake_is_mended_and_typography_left_alone(wrong: str) -> None:
    # No closing double mark and no ligature: windows-1252 has no character for some of their bytes.
    text = "The envoy’s “final offer – a fishing deal… was refused."
    assert repair_mojibake(text.encode().decode(wrong)) == text


def test_a_mended_line_keeps_quotes_and_ligatures() -> None:
    text = "The envoy’s “final” oﬀer – a ﬁshing deal… ﬆood"
    assert clean(text.encode().decode("latin-1")) == text
    assert clean(text) == text


@pytest.mark.parametrize(
    "text", [RUSSIAN, GREEK, ENGLISH, POLISH, JAPANESE, "São Tomé – Âge d’or, “Ça va”", "РС и РЅ"]
)
def test_sound_text_is_no_mojibake(text: str) -> None:
    assert clean(text) == text


def test_line_ends_and_controls() -> None:
    assert clean("a\r\nb\rc\x0bd\u2028e\n") == "a\nb\nc\nd\ne\n"
    assert clean("a\0b\x07c\x1bd\x7fe") == "a b c d e"
    assert clean("it\x92s \x93so\x94\x85") == "it’s “so”…"
    assert clean("x\ud800y") == "x\ufffdy"
