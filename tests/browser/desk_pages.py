"""Every page of the desk, by its address, and what it is headed by."""

from playwright.sync_api import Page, expect

PAGES = {
    "live": "Live",
    "shifts/plan": "Shifts",
    "shifts/briefing": "Shifts",
    "shifts/logs": "Shifts",
    "shifts/kept": "Shifts",
    "zones": "Zones",
    "bays": "Bays",
    "bays/suspensions": "Bays",
    "bays/check": "Bays",
    "bays/together": "Bays",
    "bays/events": "Bays",
    "bays/import": "Bays",
    "sensors": "Sensors",
    "sensors/unknown": "Sensors",
    "sensors/import": "Sensors",
    "patrols": "Patrols",
    "reports": "Reports",
    "settings": "Enforcement policy",
    "hours": "Restrictions and hours",
    "rights": "Permits and payments",
    "people": "People",
    "keys": "Keys",
    "audit": "Audit log",
}

# What a page has asked for and not been answered; the feed is never answered to its end.
COUNTING = """
    const ask = window.fetch;
    window.unanswered = 0;
    window.fetch = (...all) => {
        if (String(all[0]).includes('/live')) return ask(...all);
        window.unanswered += 1;
        return ask(...all).finally(() => setTimeout(() => { window.unanswered -= 1; }, 50));
    };
"""
ANSWERED = "() => window.unanswered === 0"


def open_page(page: Page, name: str) -> None:
    """Once all that it asked for has come; its browser counts by COUNTING."""
    page.evaluate("(name) => { location.hash = name; }", name)
    heading = page.get_by_role("heading", level=1, name=PAGES[name], exact=True)
    expect(heading).to_be_attached()
    page.wait_for_function(ANSWERED)
