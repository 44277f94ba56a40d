"""``dragoman publish``: what it says, and its exit codes."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from dragoman.cli import main


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["publish", *map(str, words)])


def test_it_says_what_was_written(dossier_file: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    result = run(dossier_file, site, "--title", "Cod")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "edition of 12 March 2024" in result.stderr
    assert "--base-url" in result.stderr
    assert (site / "index.html").is_file()
    again = run(dossier_file, site, "--title", "Cod", "--base-url", "https://x.example/cod")
    assert again.exit_code == 0
    assert "--base-url" not in again.stderr
    third = run(dossier_file, site, "--title", "Cod", "--base-url", "https://x.example/cod")
    assert "nothing changed" in third.stderr
    assert run(dossier_file, site, "--quiet").stderr == ""


def test_wrong_use_is_told_with_exit_code_2(dossier_file: Path, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "index.html").write_text("mine", encoding="utf-8")
    for words in (
        (tmp_path / "none.dossier", tmp_path / "site"),
        (dossier_file, full),
        (dossier_file, tmp_path / "site", "--base-url", "nowhere"),
        (dossier_file, tmp_path / "site", "--edition", "soon"),
        (dossier_file, full / "index.html"),
    ):
        result = run(*words)
        assert result.exit_code == 2, words
        assert "Error" in result.stderr
    assert not (tmp_path / "site").exists()


def test_a_file_that_somebody_changed_is_left_and_named_with_exit_code_1(
    dossier_file: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    assert run(dossier_file, site, "--base-url", "https://x.example/").exit_code == 0
    (site / "sitemap.xml").write_text("changed", encoding="utf-8")
    result = run(dossier_file, site)
    assert result.exit_code == 1
    assert "sitemap.xml" in result.stderr
    assert (site / "sitemap.xml").read_text(encoding="utf-8") == "changed"


def test_an_edition_of_a_month_is_that_of_its_last_day(dossier_file: Path, tmp_path: Path) -> None:
    result = run(dossier_file, tmp_path / "site", "--edition", "2024-03")
    assert "edition of 31 March 2024" in result.stderr
