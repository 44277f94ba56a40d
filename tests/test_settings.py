"""Settings: environment over file over default, and clear words where one is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.settings import Settings


def written(folder: Path, text: str) -> Path:
    path = folder / "dragoman.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_environment_beats_the_file_and_the_file_the_default(tmp_path: Path) -> None:
    file = written(tmp_path, "max_chars = 10\nseconds = 2\n")
    settings = Settings.load(environ={"DRAGOMAN_MAX_CHARS": "20", "HOME": "/"}, file=file)
    assert (settings.max_chars, settings.seconds) == (20, 2.0)


def test_the_working_folders_file_is_read_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings.load(environ={}) == Settings()
    written(tmp_path, 'pipeline = "xx_ent_wiki_sm"')
    assert Settings.load(environ={}).pipeline == "xx_ent_wiki_sm"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("max_char = 10", "unknown setting 'max_char'"),
        ("max_chars = 'ten'", "give a whole number"),
        ("max_chars = 1.5", "give a whole number"),
        ("max_chars = true", "give a whole number"),
        ("max_chars = -1", "above 0"),
        ("pipeline = 3", "give a text"),
        ("follow = 1", "give true or false"),
        ("allow_private = 'perhaps'", "give true or false"),
        ("fetch_pause = 0.5", "1 second or more"),
        ("fetch_pause = nan", "1 second or more"),
        ("fetch_bytes = 0", "above 0"),
        ("max_chars =", "no TOML file"),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Settings.load(environ={}, file=written(tmp_path, text))


def test_a_wrong_variable_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="DRAGOMAN_SECONDS is 'soon'; give a number"):
        Settings.load(environ={"DRAGOMAN_SECONDS": "soon"}, file=written(tmp_path, ""))


def test_a_switch_is_set_by_words_in_the_environment_and_by_toml(tmp_path: Path) -> None:
    file = written(tmp_path, "follow = true\nallow_private = true\n")
    settings = Settings.load(environ={"DRAGOMAN_ALLOW_PRIVATE": "No"}, file=file)
    assert (settings.follow, settings.allow_private) == (True, False)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        Settings.load(environ={}, file=tmp_path / "none.toml")


def test_the_time_limit_grows_with_the_words() -> None:
    settings = Settings(seconds=1, seconds_per_1000_words=2)
    assert settings.limit_seconds(0) == 1
    assert settings.limit_seconds(5000) == 11


def test_a_file_that_lies_in_the_folder_may_not_open_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dragoman.toml").write_text("allow_private = true\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="--config"):
        Settings.load(environ={})
    assert Settings.load(environ={}, file=tmp_path / "dragoman.toml").allow_private
