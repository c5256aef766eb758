"""A measurement as a picture (SVG): attended by policy with error bars, and how it grew over the day.

One column, so that it can be read on a phone. Ours, the blanket patrol and the clairvoyant are told apart by their
line as well as their colour; the others are alike, and named where they end.
"""

from collections.abc import Iterator, Sequence
from math import isnan
from statistics import fmean
from textwrap import wrap
from xml.etree.ElementTree import Element, SubElement, tostring

from .drawing import INK, LINK, MUTED, PALE, box, line, spread, text
from .figures import Estimate, Report, Run, of_officers

WIDTH, MARGIN, HEAD_LINE, LETTERS = 560, 16, 23, 58
BAR, ROW, NAMES_WIDTH, BARS_WIDTH = 20, 30, 188, 232
CURVES_LEFT, CURVES_WIDTH, CURVES_HEIGHT, LABEL = 46, 316, 260, 18
STEPS = 96  # of a curve
LOOKS = {"openpatrol": (LINK, 4.0, ""), "blanket": (MUTED, 2.5, "3 4"), "clairvoyant": (INK, 2.0, "9 5")}
OTHERS = (PALE, 1.5, "")


def picture_of(report: Report) -> str:
    """The whole picture; bars and curves for each number of officers, one below the other."""
    blocks = [
        [run for run in report.runs if run.officers == officers]
        for officers in dict.fromkeys(run.officers for run in report.runs)
    ]
    head = list(_head(report))
    top: float = MARGIN + 30 + len(head) * HEAD_LINE
    height = top + sum(_tall(runs) for runs in blocks)
    svg = _paper(report, height)
    text(svg, MARGIN, MARGIN + 18, report.area, size=22, weight="bold")
    for number, words in enumerate(head):
        text(svg, MARGIN, MARGIN + 44 + number * HEAD_LINE, words, fill=MUTED)
    for runs in blocks:
        _bars(svg, runs, top)
        _curves(svg, runs, top + 78 + len(runs) * ROW, (report.rules.starts, report.rules.ends))
        top += _tall(runs)
    return tostring(svg, encoding="unicode") + "\n"


def _paper(report: Report, height: float) -> Element:
    """With a name, and all figures in words for those who can't see them."""
    svg = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {height:g}", role="img")
    svg.set("style", f"width: 100%; max-width: {WIDTH * 1.25:g}px; height: auto")
    svg.set("aria-labelledby", "what figures")
    svg.set("font-family", "system-ui, sans-serif")
    svg.set("font-variant-numeric", "tabular-nums")
    SubElement(svg, "title", id="what").text = f"Overstays attended by policy: {report.area}"
    SubElement(svg, "desc", id="figures").text = " ".join(_in_words(report))
    box(svg, 0, 0, WIDTH, height, fill="#ffffff")
    return svg


def _head(report: Report) -> Iterator[str]:
    days = "1 day" if len(report.days) == 1 else f"{len(report.days)} days"
    yield from wrap(f"Overstays attended a day: mean of {days} ± standard error.", LETTERS)
    yield from wrap(f"{report.rules.words}. Learned from {len(report.fit_days)} other days.", LETTERS)


def _in_words(report: Report) -> Iterator[str]:
    yield from _head(report)
    for run in report.runs:
        yield f"{of_officers(run.officers)}, {run.policy}: {Estimate.of(run.attended).words()}."


def _tall(runs: Sequence[Run]) -> float:
    return 78 + len(runs) * ROW + CURVES_HEIGHT + 64


def _bars(svg: Element, runs: Sequence[Run], top: float) -> None:
    estimates = [Estimate.of(run.attended) for run in runs]
    errors = [0.0 if isnan(each.error) else each.error for each in estimates]
    scale = BARS_WIDTH / max(1.0, *(each.mean + error for each, error in zip(estimates, errors, strict=True)))
    text(svg, MARGIN, top + 24, of_officers(runs[0].officers).capitalize(), size=18, weight="bold")
    left = MARGIN + NAMES_WIDTH
    for place, (run, each, error) in enumerate(zip(runs, estimates, errors, strict=True)):
        y = top + 40 + place * ROW
        _bar(svg, run, left, y, each.mean * scale)
        _whisker(svg, left + each.mean * scale, error * scale, y + BAR / 2)
        text(svg, left + (each.mean + error) * scale + 8, y + 15, each.words(), weight=_weight(run))


def _bar(svg: Element, run: Run, left: float, y: float, long: float) -> None:
    """The clairvoyant's is hollow: it is no rival."""
    colour, _, dashes = LOOKS.get(run.policy, OTHERS)
    text(svg, left - 8, y + 15, run.policy, anchor="end", weight=_weight(run))
    if run.policy == "clairvoyant":
        box(svg, left, y, long, BAR, fill="none", stroke=colour, dashes=dashes)
    else:
        box(svg, left, y, long, BAR, fill=colour)


def _whisker(svg: Element, x: float, error: float, y: float) -> None:
    if not error:
        return
    for colour, thick in (("#ffffff", 5.0), (INK, 2.0)):  # to be seen on a bar and beside it
        line(svg, [(x - error, y), (x + error, y)], colour, thick)
        for end in (x - error, x + error):
            line(svg, [(end, y - 5), (end, y + 5)], colour, thick)


def _curves(svg: Element, runs: Sequence[Run], top: float, hours: tuple[int, int]) -> None:
    starts, ends = hours
    base, right = top + CURVES_HEIGHT, CURVES_LEFT + CURVES_WIDTH
    most = max(1.0, *(fmean(run.attended) for run in runs))
    text(svg, MARGIN, top - 14, "Attended so far, on the mean day", fill=MUTED)
    for level in _levels(most):
        y = base - CURVES_HEIGHT * level / most
        line(svg, [(CURVES_LEFT, y), (right, y)], "#d5dde1", 1)
        text(svg, CURVES_LEFT - 6, y + 5, f"{level:g}", anchor="end", fill=MUTED)
    for hour in range(-(-starts // 3600), ends // 3600 + 1, 3):
        x = CURVES_LEFT + CURVES_WIDTH * (hour * 3600 - starts) / (ends - starts)
        text(svg, x, base + 20, f"{hour}:00", anchor="middle", fill=MUTED)
    for run in sorted(runs, key=lambda run: run.policy in LOOKS):
        colour, thick, dashes = LOOKS.get(run.policy, OTHERS)
        times = [starts + (ends - starts) * step / STEPS for step in range(STEPS + 1)]
        heights = [base - CURVES_HEIGHT * _by(run, time) / most for time in times]
        points = [(CURVES_LEFT + CURVES_WIDTH * i / STEPS, y) for i, y in enumerate(heights)]
        line(svg, points, colour, thick, dashes)
    _names(svg, runs, base, most)


def _names(svg: Element, runs: Sequence[Run], base: float, most: float) -> None:
    """Where the curves end, with some room between them."""
    right = CURVES_LEFT + CURVES_WIDTH
    by_height = sorted(runs, key=lambda run: -sum(run.attended))
    ends = [base - CURVES_HEIGHT * fmean(run.attended) / most for run in by_height]
    for run, end, y in zip(by_height, ends, spread(ends, LABEL, base), strict=True):
        colour, thick, dashes = LOOKS.get(run.policy, OTHERS)
        line(svg, [(right, end), (right + 14, y)], colour, min(thick, 2), dashes)
        text(svg, right + 18, y + 5, run.policy, size=14, weight=_weight(run))


def _levels(most: float) -> Iterator[float]:
    """Round numbers, three to six of them."""
    step = next(
        step for power in range(9) for step in (10**power, 2 * 10**power, 5 * 10**power) if most < 6 * step
    )
    yield from range(0, int(most) + 1, step)


def _by(run: Run, time: float) -> float:
    """Attended by this time, on the mean day."""
    return fmean(sum(at <= time for at in day.attended_at) for day in run.played)


def _weight(run: Run) -> str:
    return "bold" if run.policy == "openpatrol" else "normal"
