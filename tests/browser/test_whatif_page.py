"""The page for councillors: it fits a phone and a sheet of paper, and can be read without seeing it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from enforcement.simulation.whatif.report import report_of

from ..simulation.whatif.towns import MONDAY, figures, local, over, place
from .axe import violations
from .conftest import DESK, PHONE

FAR = "The Old Cattle Market Car Park behind Saint Bartholomew-the-Less"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report about a week, thirty streets with long names, and a few without overstays."""
    streets = [place(f"S{n}", f"{FAR} {n}", 60 * n, 45 * n) for n in range(30)]
    week = [MONDAY + timedelta(days=after) for after in range(7)]
    cars = [over(f"S{n}", "07:10", "07:40", day) for day in week for n in range(0, 24, 3)]
    found = figures(*cars, days=7, officers=3, places=streets)
    page = tmp_path_factory.mktemp("whatif") / "whatif.html"
    page.write_text(report_of(found, local("10:00")), encoding="utf-8")
    return page


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(request: pytest.FixtureRequest, chromium: Browser, written: Path) -> Page:
    context = chromium.new_context(viewport=request.param)
    page = context.new_page()
    page.goto(written.as_uri())
    return page


def test_it_fits_the_screen(page: Page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


def test_it_can_be_read_without_seeing_it(page: Page):
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert violations(page) == []
    for picture in page.get_by_role("img").all():
        assert picture.locator("title").text_content()
        assert len(picture.locator("desc").text_content() or "") > 40
    page.context.close()


def test_it_prints_on_one_sheet(chromium: Browser, written: Path):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(written.as_uri())
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b[^s]", printed)) == 1
    context.close()
