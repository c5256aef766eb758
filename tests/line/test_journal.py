"""The journal: one entry for each change, and a cursor that skips nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from enforcement import journal
from enforcement.adapters.tables import Authority
from enforcement.journal import Cursor

from ..builders import Council, Officer
from .scenes import Town, arrived, overstay

EPOCH = "4f4ece1c-0347-4378-a707-da7d51c5dd45"


def note(session: Session, town: Town, subject: UUID | None = None) -> UUID:
    subject = subject or uuid4()
    journal.record(session, "test.noted", subject, at=town.clock())
    return subject


def read(town: Town, cursor: Cursor) -> tuple[list[UUID], Cursor]:
    """What was noted after the cursor, and where to go on."""
    with town.session() as session:
        found = journal.read(session, cursor)
        after = Cursor(cursor.epoch, found[-1].xid, found[-1].id) if found else cursor
    return [row.subject_id for row in found], after


def head(town: Town) -> Cursor:
    with town.session() as session:
        return journal.head(session)


@contextmanager
def transaction(town: Town) -> Iterator[Session]:
    with town.session() as session:
        yield session
        session.rollback()


def test_a_visit_is_told_from_the_car_to_the_outcome(town: Town, officer: Officer):
    assert town.network
    start = head(town)
    task = arrived(town, officer)
    town.clock.set("11:12")
    task = officer.step(task, "sightings", plate="AB12CDE", note="blue estate")
    officer.step(task, "outcome", outcome="notice_served")
    items = town.supervisor.get(f"/journal?cursor={start}")["items"]
    assert [item["kind"] for item in items] == [
        "stay.began",
        "task.raised",
        "task.offer",
        "task.accept",
        "shift.observing",
        "task.arrive",
        "task.sight",
        "task.close",
        "assignment.ended",
        "shift.available",
    ]
    assert {item["officer_id"] for item in items[2:]} == {officer.id}
    assert not [item for item in items if "AB12CDE" in str(item) or "blue" in str(item)]


def test_whoever_reads_on_from_each_cursor_misses_nothing_and_gets_nothing_twice(town: Town):
    cursor, seen = head(town), []
    for number in range(3):
        with town.session() as session:
            expected = [note(session, town) for _ in range(number + 1)]
            session.commit()
        found, cursor = read(town, cursor)
        assert found == expected
        seen += found
    assert read(town, cursor) == ([], cursor)
    assert len(set(seen)) == len(seen) == 6


def test_an_entry_that_is_committed_late_is_not_skipped(town: Town):
    cursor = head(town)
    with transaction(town) as slow, transaction(town) as quick:
        first = note(slow, town)
        second = note(quick, town)
        quick.commit()
        assert read(town, cursor) == ([], cursor)
        slow.commit()
    found, cursor = read(town, cursor)
    assert found == [first, second]
    assert read(town, cursor)[0] == []


def test_an_entry_written_under_an_older_transaction_is_not_skipped(town: Town):
    """Its id is higher than that of what was committed before it, its transaction older."""
    cursor, seen = head(town), []
    with transaction(town) as slow, transaction(town) as quick:
        late = [note(slow, town)]
        early = [note(quick, town)]
        late.append(note(slow, town))
        quick.commit()
        found, cursor = read(town, cursor)
        seen += found
        late.append(note(slow, town))
        slow.commit()
    found, cursor = read(town, cursor)
    seen += found
    assert sorted(map(str, seen)) == sorted(map(str, late + early))


def test_what_was_rolled_back_never_happened(town: Town):
    cursor = head(town)
    with transaction(town) as undone:
        note(undone, town)
    with town.session() as session:
        kept = note(session, town)
        session.commit()
    assert read(town, cursor)[0] == [kept]


def test_from_the_head_on_everything_is_still_to_come_even_from_those_who_began_before(town: Town):
    with transaction(town) as running:
        kept = [note(running, town)]
        start = head(town)
        kept.append(note(running, town))
        running.commit()
    assert read(town, start)[0] == kept


def test_a_council_reads_its_own_entries_alone(town: Town, neighbour: Council):
    cursor = head(neighbour)
    overstay(town)
    assert read(neighbour, cursor)[0] == []


def test_pages_of_the_journal_join_without_a_gap(town: Town):
    start = head(town)
    with town.session() as session:
        expected = [str(note(session, town)) for _ in range(7)]
        session.commit()
    seen, cursor = [], str(start)
    while True:
        page = town.supervisor.get(f"/journal?cursor={cursor}&limit=3")
        if not page["items"]:
            break
        seen += [item["subject_id"] for item in page["items"]]
        cursor = page["cursor"]
        assert page["items"][-1]["cursor"] == cursor
    assert seen == expected


def test_after_a_restore_an_old_cursor_is_told_to_load_afresh(town: Town):
    old = head(town)
    with town.session() as session:
        session.get_one(Authority, town.id).epoch = uuid4()
        session.commit()
    problem = town.supervisor.call("GET", f"/journal?cursor={old}")
    assert (problem.status_code, problem.get_json()["reload"]) == (422, True)
    assert town.supervisor.get(f"/journal?cursor={head(town)}")["items"] == []


@pytest.mark.parametrize("text", ["", "x", "1.2.3", f"{EPOCH}.-1.0", f"{EPOCH}.{2**63}.0", f"{EPOCH}.1"])
def test_what_is_no_cursor_is_none(text: str):
    assert Cursor.parse(text) is None


def test_a_cursor_is_read_as_it_was_written():
    cursor = Cursor(uuid4(), 7, 3)
    assert Cursor.parse(str(cursor)) == cursor
