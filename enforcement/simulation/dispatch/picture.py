"""A measurement as a picture (SVG): attended by policy with error bars, and how it grew over the day."""

from collections.abc import Sequence
from math import isnan
from statistics import fmean
from xml.etree.ElementTree import Element, SubElement, tostring

from .figures import Estimate, Report, Run, of_officers

COLOURS = {
    "blanket": "#8a8a8a",
    "nearest": "#2563a8",
    "greedy": "#b8602a",
    "probability": "#8a4fa3",
    "probability-per-minute": "#c2477a",
    "ant-colony": "#7a6a1d",
    "openpatrol": "#0b7a4b",
    "clairvoyant": "#222222",
}
WIDTH, MARGIN = 980, 20
NAMES_WIDTH, BARS_WIDTH, BAR, GAP = 170, 230, 18, 8
CURVES_LEFT, CURVES_HEIGHT, LEAST_HEIGHT = 540, 240, 300
STEPS = 48  # of a curve


def picture_of(report: Report) -> str:
    """The whole picture; one row of two charts for each number of officers."""
    blocks = [
        [run for run in report.runs if run.officers == officers]
        for officers in dict.fromkeys(run.officers for run in report.runs)
    ]
    heights = [max(LEAST_HEIGHT, 50 + len(runs) * (BAR + GAP)) for runs in blocks]
    height = 60 + sum(heights)
    svg = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {height}")
    svg.set("font-family", "system-ui, sans-serif")
    svg.set("font-size", "13")
    SubElement(svg, "rect", width=str(WIDTH), height=str(height), fill="white")
    measured, learned = len(report.days), len(report.fit_days)
    title = f"{report.area}: overstays attended, {measured} days measured, {learned} learned from"
    _text(svg, MARGIN, 26, title, size=16)
    _text(svg, MARGIN, 46, f"{report.rules.words}; bars: mean of a day ± standard error", fill="#555")
    top = 60
    for runs, tall in zip(blocks, heights, strict=True):
        _bars(svg, runs, top)
        _curves(svg, runs, top, (report.rules.starts, report.rules.ends))
        top += tall
    return tostring(svg, encoding="unicode") + "\n"


def _bars(svg: Element, runs: Sequence[Run], top: float) -> None:
    estimates = [Estimate.of(run.attended) for run in runs]
    scale = BARS_WIDTH / max(1.0, *(each.mean for each in estimates))
    left = MARGIN + NAMES_WIDTH
    _text(svg, MARGIN, top + 18, of_officers(runs[0].officers), weight="bold")
    for place, (run, each) in enumerate(zip(runs, estimates, strict=True)):
        y = top + 32 + place * (BAR + GAP)
        _text(svg, left - 8, y + 14, run.policy, anchor="end")
        long, error = each.mean * scale, 0.0 if isnan(each.error) else each.error * scale
        bar = _numbers(x=left, y=y, width=long, height=BAR)
        SubElement(svg, "rect", {**bar, "fill": COLOURS[run.policy]})
        middle = y + BAR / 2
        _line(svg, [(left + long - error, middle), (left + long + error, middle)], "#000", 1.5)
        for x in (left + long - error, left + long + error):
            _line(svg, [(x, middle - 4), (x, middle + 4)], "#000", 1.5)
        _text(svg, left + long + error + 6, y + 14, f"{each.mean:.1f}")


def _curves(svg: Element, runs: Sequence[Run], top: float, hours: tuple[int, int]) -> None:
    starts, ends = hours
    wide, base = WIDTH - CURVES_LEFT - 2 * MARGIN, top + 18 + CURVES_HEIGHT
    most = max(1.0, *(fmean(run.attended) for run in runs))
    _line(
        svg, [(CURVES_LEFT, base - CURVES_HEIGHT), (CURVES_LEFT, base), (CURVES_LEFT + wide, base)], "#999", 1
    )
    for hour in range(-(-starts // 3600), ends // 3600 + 1, 2):
        x = CURVES_LEFT + wide * (hour * 3600 - starts) / (ends - starts)
        _text(svg, x, base + 16, f"{hour}:00", anchor="middle", fill="#555")
    for level in (most / 2, most):
        _text(
            svg,
            CURVES_LEFT - 6,
            base - CURVES_HEIGHT * level / most + 4,
            f"{level:.0f}",
            anchor="end",
            fill="#555",
        )
    for run in runs:
        times = [starts + (ends - starts) * step / STEPS for step in range(STEPS + 1)]
        points = [
            (CURVES_LEFT + wide * step / STEPS, base - CURVES_HEIGHT * _by(run, time) / most)
            for step, time in enumerate(times)
        ]
        _line(svg, points, COLOURS[run.policy], 2)


def _by(run: Run, time: float) -> float:
    """Attended by this time, on the mean day."""
    return fmean(sum(at <= time for at in day.attended_at) for day in run.played)


def _text(
    svg: Element, x: float, y: float, words: str, *, size: int = 13, anchor: str = "start",
    fill: str = "#000", weight: str = "normal",
) -> None:  # fmt: skip
    text = SubElement(svg, "text", {**_numbers(x=x, y=y), "text-anchor": anchor, "fill": fill})
    text.set("font-size", str(size))
    text.set("font-weight", weight)
    text.text = words


def _line(svg: Element, points: Sequence[tuple[float, float]], colour: str, thick: float) -> None:
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    line = SubElement(svg, "polyline", points=way, fill="none", stroke=colour)
    line.set("stroke-width", f"{thick:g}")


def _numbers(**values: float) -> dict[str, str]:
    return {name: f"{value:.1f}" for name, value in values.items()}
