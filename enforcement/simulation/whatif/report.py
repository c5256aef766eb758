"""The page: HTML that needs nothing from outside, and prints on one sheet of A4. No script runs in it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from . import charts, words
from .figures import Figures
from .patrols import NAMES, Patrol

PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def report_of(figures: Figures, made_at: datetime) -> str:
    """The whole page. Times are those of the council."""
    return PAGES.get_template("report.html").render(
        figures=figures,
        history=figures.history,
        patrols=figures.patrols,
        names=NAMES,
        words=words,
        charts=charts,
        rows=_rows(figures),
        made=words.dated(made_at.astimezone(ZoneInfo(figures.history.zone)).date()),
    )


def _rows(figures: Figures) -> list[tuple[str, list[str]]]:
    """The table of all figures: what, and for each patrol."""
    streets = len(figures.streets)
    told: list[tuple[str, Callable[[Patrol], str]]] = [
        ("Overstays that an officer came to, a day", lambda each: words.number(figures.a_day(each))),
        ("Share of all overstays", lambda each: words.percent(figures.share(each))),
        ("Half of those had an officer within", lambda each: words.minutes(figures.within(each, 0.5))),
        ("Nine in ten of those, within", lambda each: words.minutes(figures.within(each, 0.9))),
        ("Walks to a stop with nothing to attend", lambda each: words.percent(figures.in_vain(each))),
        ("Kilometres walked by each officer, a day", lambda each: f"{figures.km(each):.1f}"),
        (
            "Share of overstays in the quieter half of the streets",
            lambda each: words.percent(figures.share_in_quiet_streets(each)),
        ),
        ("Streets visited", lambda each: f"{streets - len(figures.never_seen(each))} of {streets}"),
    ]
    return [(what, [say(each) for each in figures.patrols]) for what, say in told]
