"""The pictures of the report (SVG): as wide as a phone, readable without colours, told in words to who sees none."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from math import isnan
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

from .figures import Figures
from .patrols import NAMES, OURS, Patrol
from .words import counted, minutes, number, percent

INK, MUTED, HAIRLINE = "#10212b", "#44545d", "#c3ced4"
FILLS = {True: "#005a5b", False: "#8b9ba4"}  # ours, and another's
WIDTH = 320
LEFT, LONGEST = 108, 148
BAR, ROW, HEAD = 18, 25, 24
COLUMNS_LEFT, COLUMNS_HEIGHT, COLUMNS_ROW = 32, 46, 76
WIDEST_COLUMN = 40.0

_ids = count()


def effort(figures: Figures) -> Markup:
    """Attended on the mean day, and what it took."""
    told: list[tuple[str, Tells, Says]] = [
        ("Overstays that an officer came to, a day", figures.a_day, number),
        ("Walks to a stop with nothing to attend", figures.in_vain, percent),
        ("Kilometres walked by each officer, a day", figures.km, "{:.1f} km".format),
    ]
    return _bars("Overstays that an officer came to, and the walks it took", figures, told)


def soon(figures: Figures) -> Markup:
    """Minutes until an officer came."""
    told: list[tuple[str, Tells, Says]] = [
        ("Half of them within", partial(figures.within, share=0.5), minutes),
        ("Nine in ten within", partial(figures.within, share=0.9), minutes),
    ]
    return _bars("Minutes until an officer came", figures, told, alike=True)


def streets(figures: Figures) -> Markup:
    """Overstays and visits, street by street."""
    over = [
        figures.overstays_by_street.get(street, 0) / len(figures.history.days) for street in figures.streets
    ]
    rows = [("Overstays a day", over, INK)]
    rows += [
        (f"Visits a day, {NAMES[each.name]}", figures.visits_a_day(each), FILLS[each.name == OURS])
        for each in figures.patrols
    ]
    told = f"{counted(len(figures.streets), 'street')}, that with most overstays first: {figures.streets[0]}."
    svg = _picture(
        "Overstays and visits by street", f"{told} The table of all streets has the figures.", COLUMNS_ROW * 3
    )
    for place, (label, values, fill) in enumerate(rows):
        _columns(svg, label, values, fill, COLUMNS_ROW * place)
    return _drawn(svg)


Tells = Callable[[Patrol], float]
Says = Callable[[float], str]


def _bars(
    title: str, figures: Figures, told: Sequence[tuple[str, Tells, Says]], *, alike: bool = False
) -> Markup:
    """Both patrols' bars under each head; if `alike`, all heads are drawn to one scale."""
    groups = [
        (head, [(who, tell(who), say(tell(who))) for who in figures.patrols]) for head, tell, say in told
    ]
    spoken = [
        f"{head}: {'; '.join(f'{NAMES[who.name]} {said}' for who, _, said in rows)}." for head, rows in groups
    ]
    svg = _picture(title, " ".join(spoken), len(groups) * (HEAD + ROW * len(figures.patrols)))
    most = [max([0.0, *(value for _, value, _ in rows if not isnan(value))]) for _, rows in groups]
    top = 0
    for (head, rows), own in zip(groups, most, strict=True):
        _text(svg, 0, top + 17, head, fill=MUTED)
        top += HEAD
        for who, value, said in rows:
            _bar(svg, who, value / ((max(most) if alike else own) or 1.0), said, top)
            top += ROW
    return _drawn(svg)


def _bar(svg: Element, who: Patrol, share: float, words: str, top: float) -> None:
    ours = who.name == OURS
    _text(svg, 0, top + 18, NAMES[who.name], weight="bold" if ours else "normal")
    long = 1.0 if isnan(share) else max(share * LONGEST, 1.0)
    SubElement(svg, "rect", _at(x=LEFT, y=top + 4, width=long, height=BAR), fill=FILLS[ours])
    _text(svg, LEFT + long + 6, top + 18, words, weight="bold")


def _columns(svg: Element, label: str, values: Sequence[float], fill: str, top: float) -> None:
    most, base = max([*values, 1e-9]), top + 20 + COLUMNS_HEIGHT
    wide = min(WIDEST_COLUMN, (WIDTH - COLUMNS_LEFT) / len(values))
    _text(svg, 0, top + 13, label)
    _text(svg, COLUMNS_LEFT - 5, top + 32, number(max(values)), anchor="end", fill=MUTED)
    _text(svg, COLUMNS_LEFT - 5, base, "0", anchor="end", fill=MUTED)
    for place, value in enumerate(values):
        high = COLUMNS_HEIGHT * value / most
        shape = _at(x=COLUMNS_LEFT + wide * place, y=base - high, width=wide * 0.8, height=high)
        SubElement(svg, "rect", shape, fill=fill)
    SubElement(svg, "line", _at(x1=COLUMNS_LEFT, y1=base, x2=WIDTH, y2=base), stroke=HAIRLINE)


def _picture(title: str, told: str, height: float) -> Element:
    number = next(_ids)
    names = {"title": (f"t{number}", title), "desc": (f"d{number}", told)}
    svg = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {height}", role="img")
    svg.set("aria-labelledby", " ".join(name for name, _ in names.values()))
    for tag, (name, words) in names.items():
        SubElement(svg, tag, id=name).text = words
    return svg


def _text(
    svg: Element,
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "start",
    fill: str = INK,
    weight: str = "normal",
) -> None:
    text = SubElement(svg, "text", _at(x=x, y=y), fill=fill)
    text.set("text-anchor", anchor)
    text.set("font-weight", weight)
    text.text = words


def _at(**values: float) -> dict[str, str]:
    return {name: f"{value:.1f}" for name, value in values.items()}


def _drawn(svg: Element) -> Markup:
    """What is text in it was escaped as it was written."""
    return Markup(tostring(svg, encoding="unicode"))
