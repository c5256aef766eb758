"""`flask whatif`: from what the line recorded to the page, with figures that were counted by hand."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from enforcement.adapters.tables import db

from ...builders import Council
from .test_history import car
from .towns import MIDDLE


class Text(HTMLParser):
    """What a page says, cell by cell, and its elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.said: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.said.append(" ".join(data.split()))

    def after(self, words: str, how_many: int = 2) -> list[str]:
        """What follows these words in a table."""
        place = len(self.said) - 1 - self.said[::-1].index(words)
        return self.said[place + 1 : place + 1 + how_many]


@pytest.fixture
def town(council: Council) -> Council:
    """High Street, and lanes 300 m to both sides. A car in the west is over from 06:30 until 07:10, one in the east
    from 07:06 until 07:30."""
    council.clock.set("00:01")
    rule = {"bay_class": "limited-waiting", "hours": "24/7", "permitted_minutes": 120, "code": "30"}
    for bay, street, east_m in (
        ("M", "High Street", 0),
        ("W", "West & <b>Lane</b>", -300),
        ("E", "East Lane", 300),
    ):
        point = MIDDLE.moved(east_m=east_m, north_m=0)
        body = {"reference": bay, "street": street, "lon": point.lon, "lat": point.lat, "restriction": rule}
        council.supervisor.post("/bays", body)
        council.supervisor.post("/sensors", {"reference": f"S-{bay}", "bay": bay})
    car(council, "04:19", None, "W")
    car(council, "04:55", None, "E")
    car(council, None, "07:10", "W")
    car(council, None, "07:30", "E")
    council.clock.set("09:00", "2026-06-30")
    return council


def whatif(terminal: Flask, council: Council, *more: object) -> Result:
    """The same clock, and the hour from seven."""
    services = council.app.extensions["openpatrol"]
    terminal.extensions["openpatrol"] = services
    db.session.remove()
    words = ["whatif", "--authority", council.slug, *map(str, more)]
    return terminal.test_cli_runner().invoke(args=words)


MONDAY = ("--from", "2026-06-29", "--to", "2026-06-29", "--officers", 1, "--ends", "08:00")


def test_a_known_morning_gives_the_figures_that_were_counted_by_hand(
    terminal: Flask, town: Council, tmp_path: Path
):
    written = tmp_path / "page.html"
    result = whatif(terminal, town, *MONDAY, "--output", written)
    assert result.exit_code == 0, result.output
    assert "the same officer would have come to 2 overstays a day instead of 1" in result.output
    page = Text(written.read_text())
    assert page.after("Overstays that an officer came to, a day") == ["1", "2"]
    assert page.after("Share of all overstays") == ["50%", "100%"]
    assert page.after("Half of those had an officer within") == ["17 min", "9 min"]
    assert page.after("Walks to a stop with nothing to attend") == ["96%", "0%"]  # 23 of 24
    assert any("Walks are counted differently" in said for said in page.said)
    assert page.after("Kilometres walked by each officer, a day", 1) == ["4.6"]
    assert page.after("East Lane", 5) == ["1", "3", "1", "1", "1"]
    assert page.after("West & <b>Lane</b>", 5) == ["1", "2", "1", "0", "1"]


def test_what_others_wrote_is_text_and_nothing_is_fetched_or_run(
    terminal: Flask, town: Council, tmp_path: Path
):
    written = tmp_path / "page.html"
    whatif(terminal, town, *MONDAY, "--output", written)
    page = written.read_text()
    assert not {"script", "b", "img", "link", "iframe", "a", "object"} & Text(page).tags
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


def test_another_councils_stays_are_never_in_it(
    terminal: Flask, town: Council, neighbour: Council, tmp_path: Path
):
    neighbour.clock.set("00:01")
    neighbour.bay("W")
    car(neighbour, "04:19", None, "W")
    car(neighbour, None, "07:20", "W")
    neighbour.clock.set("09:00", "2026-06-30")
    both = [tmp_path / "ours.html", tmp_path / "theirs.html"]
    for council, file in zip((town, neighbour), both, strict=True):
        assert whatif(terminal, council, *MONDAY, "--output", file).exit_code == 0
    ours, theirs = (file.read_text() for file in both)
    assert "Judd Street" not in ours
    assert "High Street" not in theirs
    assert "1 overstay recorded by sensors at 1 bay on 1 street" in theirs


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "2026-06-20", "--to", "2026-06-21", "--officers", 1), "the first of 2026-06-29"),
        (("--from", "2026-06-30", "--to", "2026-06-30", "--officers", 1), "2026-06-30 is not over yet"),
        (
            ("--from", "9999-12-31", "--to", "9999-12-31", "--officers", 1, "--ends", "24:00"),
            "is not over yet",
        ),
        (("--from", "0001-01-01", "--to", "0001-01-01", "--officers", 1), "before the year 2000"),
        (("--from", "2025-06-30", "--to", "2026-06-29", "--officers", 1), "365 days: at most 92"),
        (("--from", "2026-06-30", "--to", "2026-06-29", "--officers", 1), "--to is before --from"),
        (("--from", "2026-06-29", "--to", "2026-06-29", "--officers", 0), "0 is not in the range"),
        (("--from", "29/06/2026", "--to", "2026-06-29", "--officers", 1), "does not match the format"),
        ((*MONDAY, "--starts", "08:00"), "--ends has to be later than --starts"),
        ((*MONDAY, "--starts", "7 o'clock"), "is no time of day: write it as 07:30"),
        ((*MONDAY, "--output", "/nowhere/at/all.html"), "can't be written"),
    ],
)
def test_what_can_not_be_replayed_is_said(
    terminal: Flask, town: Council, words: tuple[object, ...], said: str
):
    result = whatif(terminal, town, *words)
    assert result.exit_code != 0
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_council_that_is_not_there_is_said(terminal: Flask, town: Council):
    result = whatif(terminal, town, *MONDAY, "--authority", "nowhere")
    assert (result.exit_code, "nowhere" in result.output) == (1, True)
