"""The picture of a measurement: what it says to those who see it, and to those who don't."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from enforcement.simulation.dispatch.bench import Wanted, measure
from enforcement.simulation.dispatch.drawing import spread
from enforcement.simulation.dispatch.picture import picture_of

from .towns import DAY, overstay, ring

SVG = "{http://www.w3.org/2000/svg}"
POLICIES = ("blanket", "probability-per-minute", "openpatrol", "clairvoyant")


@pytest.fixture(scope="module")
def drawn():
    area = ring(
        *(overstay(str(i % 6), 430 + 9 * i, 460 + 9 * i, DAY + timedelta(days=i % 2)) for i in range(40))
    )
    days = area.days
    report = measure(Wanted(area, "a ring", days, area, (1, 2), POLICIES), lambda line: None)
    return report, ElementTree.fromstring(picture_of(report))


def words(svg):
    return [text.text for text in svg.iter(f"{SVG}text")]


def test_each_policy_is_named_at_its_bar_and_at_its_curve_for_each_number_of_officers(drawn):
    _, svg = drawn
    said = words(svg)
    assert [said.count(name) for name in POLICIES] == [4] * len(POLICIES)
    assert {"1 officer", "2 officers"} <= set(said)


def test_bars_are_as_long_as_what_was_attended(drawn):
    report, svg = drawn
    bars = [float(box.get("width")) for box in svg.iter(f"{SVG}rect")][1:5]
    attended = [sum(run.attended) for run in report.runs[:4]]
    assert [bar / bars[0] for bar in bars] == pytest.approx(
        [each / attended[0] for each in attended], rel=0.01
    )


def test_who_can_not_see_it_hears_the_figures(drawn):
    report, svg = drawn
    assert svg.get("role") == "img"
    assert svg.find(f"{SVG}title").text == "Overstays attended by policy: a ring"
    said = svg.find(f"{SVG}desc").text
    assert "2 officers, clairvoyant: " in said
    assert said.count("±") >= len(report.runs)


def test_no_words_leave_the_paper(drawn):
    _, svg = drawn
    wide, tall = map(float, svg.get("viewBox").split()[2:])
    for text in svg.iter(f"{SVG}text"):
        letters = 0.55 * float(text.get("font-size")) * len(text.text)
        left = (
            float(text.get("x"))
            - {"start": 0, "middle": letters / 2, "end": letters}[text.get("text-anchor")]
        )
        assert left >= 0, text.text
        assert left + letters <= wide, text.text
        assert 0 < float(text.get("y")) < tall, text.text


def test_names_that_would_lie_on_each_other_are_moved_apart():
    assert spread([0, 30, 31, 32, 90], 18, 100) == [0, 30, 48, 66, 90]
    assert spread([80, 90, 100], 18, 100) == [64, 82, 100]
