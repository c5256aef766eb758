"""WCAG 2.2 AA, as far as axe can tell."""

from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

SCHEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")  # as most phones come, last

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
CHECK = """async () => (await axe.run({
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
})).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)"""

# Colours that are on their way from one theme to the other are nobody's.
STILL = "() => document.getAnimations().every((each) => each.playState !== 'running')"

# The officer's page says what it shows; others leave it to the style sheet.
SHOWN = "(scheme) => [undefined, scheme].includes(document.documentElement.dataset.theme)"


def violations(page: Page) -> list[str]:
    """What stands in the way of somebody on the page as it is now."""
    page.evaluate(AXE.read_text())
    page.wait_for_function(STILL)
    found: list[str] = page.evaluate(CHECK)
    return found


def violations_day_and_night(page: Page) -> list[str]:
    """The same, in the light theme and then in the dark one, of a page that follows its phone."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(SHOWN, arg=scheme)
        found += [f"{scheme}: {each}" for each in violations(page)]
    return found
