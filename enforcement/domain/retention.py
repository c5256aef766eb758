"""How long what is kept: each kind of record has its period, and what came before it is erased every night."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from .policy_reading import Reader

DAY = timedelta(days=1)
YEAR = timedelta(days=365.25)


@dataclass(frozen=True, slots=True)
class Retention:
    """Periods after the end of what they speak of. Defaults are suggestions: the council decides.

    `visits` are those that led to no notice. `evidence` holds for whole cases; one under legal hold stays.
    """

    positions: timedelta = 30 * DAY
    visits: timedelta = 30 * DAY
    messages: timedelta = 90 * DAY
    sign_ins: timedelta = 90 * DAY
    readings: timedelta = 395 * DAY
    evidence: timedelta = 3 * YEAR
    journal: timedelta = 6 * YEAR

    def outlived(self, now: datetime) -> Iterator[tuple[str, datetime]]:
        """Kinds of record, in the order in which they can go, and the time before which they have to."""
        for kind, period in (
            ("positions", self.positions),
            ("last positions", self.positions),
            ("alerts' positions", self.positions),
            ("sightings", self.visits),
            ("outcomes", self.visits),
            ("kept records", self.visits),
            ("kept observations", self.visits),
            ("answers about plates", self.visits),
            ("words", self.visits),
            ("messages", self.messages),
            ("desk messages", self.messages),
            ("actions", self.messages),
            ("devices", self.sign_ins),
            ("endpoints", self.sign_ins),
            ("sign-ins", self.sign_ins),
            ("reset links", self.sign_ins),
            ("unknown sensors", self.sign_ins),
            ("cases", self.evidence),
            ("photos", self.visits),
            ("readings", self.readings),
            ("stays", self.readings),
            ("shifts", self.evidence),
            ("alerts", self.evidence),
            ("briefing notes", self.evidence),
            ("suspensions", self.evidence),
            ("staff", self.evidence),
            ("journal", self.journal),
        ):
            yield kind, now - period


def retention_from(read: Reader) -> Retention:
    """The member `retention` of a policy."""
    usual = Retention()
    retention = Retention(
        positions=read.whole("positions_days", usual.positions.days, 1, 365) * DAY,
        visits=read.whole("visits_days", usual.visits.days, 1, 365) * DAY,
        messages=read.whole("messages_days", usual.messages.days, 7, 730) * DAY,
        sign_ins=read.whole("sign_ins_days", usual.sign_ins.days, 1, 730) * DAY,
        readings=read.whole("readings_days", usual.readings.days, 7, 3660) * DAY,
        evidence=read.whole("evidence_years", 3, 1, 15) * YEAR,
        journal=read.whole("journal_years", 6, 1, 25) * YEAR,
    )
    read.nothing_else()
    return retention
