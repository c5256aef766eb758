"""The desk's reports: figures that equal a count by hand, as pictures, tables and files; for supervisors only."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from enforcement.adapters.tables import act_for
from enforcement.simulation.client import ApiClient
from enforcement.simulation.stack import Stack

from ..api.record import four_weeks
from ..builders import HOME, PASSWORD, square
from ..stacks import found
from .axe import violations_day_and_night
from .conftest import DESK, sign_in

JUNE = "2026-06-01/2026-06-28"


class Reported:
    """A council of its own in the stack, as tests/api/record.py writes the record of one."""

    def __init__(self, stack: Stack) -> None:
        self.stack, self.email = stack, f"rita-{uuid4().hex[:8]}@example.org"
        self.id: UUID = found(stack, f"r{uuid4().hex[:10]}", self.email)
        self.supervisor = ApiClient(stack.url)
        self.supervisor.sign_in(self.email, PASSWORD)
        self.engine = create_engine(stack.env["DATABASE_URL"])

    @contextmanager
    def session(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session:
            act_for(session, self.id)
            yield session

    def zone(self, name: str, lon: float = HOME[0], half: float = 0.001) -> str:
        body = {"name": name, "outline": square(lon, HOME[1], half)}
        made: str = self.supervisor.post("/zones", body)["id"]
        return made

    def person(self, role: str, name: str) -> tuple[str, str]:
        email = f"{uuid4().hex[:10]}@example.org"
        body = {"email": email, "name": name, "role": role, "password": PASSWORD}
        return self.supervisor.post("/people", body)["id"], email


@pytest.fixture(scope="module")
def council(stack: Stack) -> Iterator[Reported]:
    council = Reported(stack)
    four_weeks(council)
    yield council
    council.engine.dispose()


@contextmanager
def desk(chromium: Browser, council: Reported, where: str = JUNE, email: str | None = None) -> Iterator[Page]:
    context = chromium.new_context(viewport=DESK)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(f"{council.stack.url}/desk/#reports/{where}")
    sign_in(page, email or council.email)
    yield page
    assert [each for each in faults if "401" not in each and "422" not in each] == []
    context.close()


def table(page: Page, title: str) -> list[list[str]]:
    """What stands in the table of this report."""
    card = page.locator("report-card", has=page.get_by_role("heading", name=title, exact=True))
    card.get_by_text("The figures as a table").click()
    rows = card.get_by_role("row").all()
    return [[cell.inner_text() for cell in row.locator("th, td").all()] for row in rows][1:]


def test_the_figures_on_the_page_are_those_of_a_hand_count(chromium: Browser, council: Reported):
    with desk(chromium, council) as page:
        expect(page.get_by_text("all zones: Mon 1 Jun to Sun 28 Jun")).to_be_visible()
        figures = [each.inner_text() for each in page.locator(".headlines strong").all()]
        assert figures == ["55%", "33%", "0 min", "33%"]
        expect(
            page.get_by_text(
                "6 stays of 11 went over their time: 55%. In as many days before it was 50% of 2."
            )
        ).to_be_visible()
        assert [row[1:] for row in table(page, "Compliance over weeks")] == [
            ["4", "2", "50%"], ["2", "1", "50%"], ["0", "0", "–"], ["5", "3", "60%"],
        ]  # fmt: skip
        assert table(page, "Overstays by hour of the day") == [
            ["01:00 to 02:00", "2", "0", "0%"], ["10:00 to 11:00", "2", "1", "50%"],
            ["11:00 to 12:00", "1", "0", "0%"], ["12:00 to 13:00", "1", "1", "100%"],
        ]  # fmt: skip
        assert table(page, "Overstays by zone") == [
            ["East", "1", "1", "100%"], ["West", "4", "1", "25%"], ["In no zone", "1", "0", "0%"],
        ]  # fmt: skip
        assert [row[0::2] for row in table(page, "Overstays by code")] == [["30", "6", "33%"]]
        assert [row[1] for row in table(page, "Time from overstay to attended")] == [
            "1",
            "1",
            "0",
            "0",
            "0",
            "0",
        ]
        expect(
            page.get_by_text(
                "Of 2 attended overstays half were attended within 0 min, nine in ten within 7 min."
            )
        ).to_be_visible()
        assert [row[2] for row in table(page, "Wasted walks")] == ["3", "1", "0", "1", "1", "0"]
        assert table(page, "Repeat bays") == [
            ["H1", "High Street", "2", "1", "50%"],
            ["H2", "High Street", "2", "0", "0%"],
        ]
        assert [row[::2] for row in table(page, "Visits by street")] == [
            ["High Street", "2"], ["Station Road", "2"], ["Mill Lane", "1"], ["Quiet Close", "0"],
        ]  # fmt: skip
        expect(
            page.get_by_text(
                "The street with most visits had 40% of them. 1 street of 4 had none. Gini index: 0.35."
            )
        ).to_be_visible()
        assert table(page, "Spread of work over officers") == [
            ["Hours on shift", "2", "6", "8"], ["Visits an hour", "0", "0.25", "0.5"],
        ]  # fmt: skip


def test_each_picture_is_as_wide_as_its_card(chromium: Browser, council: Reported):
    with desk(chromium, council) as page:
        expect(page.locator("report-picture canvas").first).to_be_visible()
        for picture in page.locator("report-picture:has(canvas)").all():
            card = picture.locator("xpath=ancestor::report-card").bounding_box()
            box = picture.locator("canvas").bounding_box()
            assert card
            assert box
            assert box["width"] > card["width"] * 0.8


def test_another_zone_and_other_days_by_the_form_and_back(chromium: Browser, council: Reported):
    with desk(chromium, council) as page:
        expect(page.locator(".headlines strong").first).to_have_text("55%")
        page.get_by_label("Zone", exact=True).select_option("West")
        page.get_by_role("button", name="Show", exact=True).click()
        expect(page.get_by_text("West: Mon 1 Jun to Sun 28 Jun")).to_be_visible()
        expect(page.get_by_text("1 overstay of 4 attended: 25%.")).to_be_visible()
        page.get_by_label("To the end of").fill("2026-06-07")
        page.get_by_role("button", name="Show", exact=True).click()
        expect(page.get_by_text("West: Mon 1 Jun to Sun 7 Jun")).to_be_visible()
        page.go_back()
        expect(page.get_by_text("West: Mon 1 Jun to Sun 28 Jun")).to_be_visible()
        expect(page.get_by_label("To the end of")).to_have_value("2026-06-28")


def test_bad_days_are_named_at_their_field(chromium: Browser, council: Reported):
    with desk(chromium, council) as page:
        expect(page.locator(".headlines strong").first).to_have_text("55%")
        page.get_by_label("From", exact=True).fill("2026-06-29")
        page.get_by_role("button", name="Show", exact=True).click()
        expect(
            page.get_by_role("alert").get_by_text("The last day is before the first. Choose a later one.")
        ).to_be_visible()
        expect(page.get_by_label("To the end of")).to_have_attribute("aria-invalid", "true")
        expect(page.locator("report-card").first).to_be_hidden()


def test_a_table_as_a_file(chromium: Browser, council: Reported, tmp_path: Path):
    with desk(chromium, council) as page:
        with page.expect_download() as started:
            page.get_by_role("link", name=re.compile("CSV.*Visits by street")).click()
        assert started.value.suggested_filename == "streets-2026-06-01-2026-06-28.csv"
        started.value.save_as(tmp_path / "streets.csv")
    with (tmp_path / "streets.csv").open(encoding="utf-8-sig", newline="") as file:
        rows: list[Any] = list(csv.reader(file))
    assert rows[:2] == [["Street", "Bays", "Visits"], ["High Street", "2", "2"]]


def test_days_without_data_say_so_in_words(chromium: Browser, council: Reported):
    with desk(chromium, council, "2026-03-01/2026-03-28") as page:
        expect(page.get_by_text("No stay is on record for these days.")).to_be_visible()
        expect(page.get_by_text("No overstay is on record for these days.")).to_have_count(3)
        expect(page.get_by_text("Fewer than five officers were on shift")).to_be_visible()
        assert page.locator("report-card canvas:visible").count() == 0
        assert page.get_by_role("link", name="Download as CSV").count() == 0
        assert violations_day_and_night(page) == []


def test_everybody_can_read_it_by_day_and_by_night(chromium: Browser, council: Reported):
    with desk(chromium, council) as page:
        expect(page.locator("report-card canvas")).to_have_count(9)
        assert violations_day_and_night(page) == []
        for summary in page.locator("report-card summary").all():
            summary.click()
        assert violations_day_and_night(page) == []
        pictures = page.get_by_role("img").all()
        assert all(
            "The table below has all figures." in (each.get_attribute("aria-label") or "")
            for each in pictures
        )


def test_it_prints_by_day_with_its_tables_open_and_without_buttons(chromium: Browser, council: Reported):
    with desk(chromium, council) as page:
        expect(page.locator("report-card canvas")).to_have_count(9)
        page.emulate_media(color_scheme="dark", media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(page.get_by_role("table", name="Wasted walks")).to_be_visible()
        expect(page.get_by_role("button", name="Show", exact=True)).to_be_hidden()
        assert (
            page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
            == "rgb(255, 255, 255)"
        )
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")
        expect(page.get_by_role("table", name="Wasted walks")).to_be_hidden()
        assert page.evaluate("document.documentElement.dataset.theme") is None


def test_an_officer_is_shown_to_their_patrol(chromium: Browser, council: Reported):
    _, email = council.person("officer", "Olu")
    context = chromium.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(f"{council.stack.url}/desk/#reports")
    sign_in(page, email)
    expect(page.get_by_role("heading", name="This page is for supervisors")).to_be_visible()
    expect(page.locator("reports-screen")).to_have_count(0)
    answer = page.evaluate("fetch('/api/v1/reports/weeks').then(({ status }) => status)")
    assert answer == 403
    context.close()
