"""Lines, boxes and words of an SVG picture, in the colours of all our pages."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

INK, MUTED, LINK, PALE = "#10212b", "#44545d", "#005a5b", "#7d8f99"


def text(
    svg: Element, x: float, y: float, words: str, *, size: int = 16, anchor: str = "start",
    fill: str = INK, weight: str = "normal",
) -> None:  # fmt: skip
    written = SubElement(svg, "text", {**_numbers(x=x, y=y), "text-anchor": anchor, "fill": fill})
    written.set("font-size", str(size))
    written.set("font-weight", weight)
    written.text = words


def line(
    svg: Element, points: Sequence[tuple[float, float]], colour: str, thick: float, dashes: str = ""
) -> None:
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    drawn = SubElement(svg, "polyline", points=way, fill="none", stroke=colour)
    drawn.set("stroke-width", f"{thick:g}")
    drawn.set("stroke-linejoin", "round")
    if dashes:
        drawn.set("stroke-dasharray", dashes)


def box(
    svg: Element,
    x: float,
    y: float,
    wide: float,
    tall: float,
    *,
    fill: str,
    stroke: str = "none",
    dashes: str = "",
) -> None:
    drawn = SubElement(svg, "rect", {**_numbers(x=x, y=y, width=wide, height=tall), "fill": fill})
    drawn.set("stroke", stroke)
    if dashes:
        drawn.set("stroke-width", "2")
        drawn.set("stroke-dasharray", dashes)


def spread(heights: Sequence[float], room: float, lowest: float) -> list[float]:
    """These heights, given from top to bottom, moved apart until there is room between them."""
    found: list[float] = []
    for height in heights:
        found.append(max(height, found[-1] + room) if found else height)
    bottom = lowest
    for place in range(len(found) - 1, -1, -1):
        found[place] = min(found[place], bottom)
        bottom = found[place] - room
    return found


def _numbers(**values: float) -> dict[str, str]:
    return {name: f"{value:.1f}" for name, value in values.items()}
