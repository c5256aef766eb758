"""What is another council's is not there: for queries that forget their filter, and for ids that are guessed."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

from enforcement.adapters.tables import act_for, db

from .walk import OURS, TABLES, Route, Town, body_for, device, is_problem, rows_of

ADDED_TO_ONLY = (
    "addenda", "journal", "misreadings", "outcomes", "photo_files", "photos", "shift_logs", "sightings",
)  # fmt: skip


@pytest.fixture
def here(town: Town) -> Iterator[Session]:
    """A session that acts for the town."""
    with town.council.session() as session:
        yield session


@pytest.fixture
def there(next_town: Town) -> UUID:
    """The id of the next town's council."""
    return next_town.council.id


def test_every_table_but_the_councils_own_names_its_council():
    assert {table.name for table in TABLES} - set(OURS) == {"authorities"}


@pytest.mark.parametrize("table", OURS)
def test_a_query_that_forgets_its_filter_sees_our_rows_only(
    here: Session, there: UUID, next_town: Town, table
):
    with next_town.council.session() as session:
        assert session.scalar(text(f"SELECT count(*) FROM {table}")), "nothing there that could be seen"
    owners = set(here.scalars(text(f"SELECT authority_id FROM {table}")))
    assert owners == {here.info["authority_id"]}
    assert not here.scalar(
        text(f"SELECT count(*) FROM {table} WHERE authority_id = :there"), {"there": there}
    )


@pytest.mark.parametrize("table", [name for name in OURS if name not in ADDED_TO_ONLY])
def test_a_change_that_forgets_its_filter_reaches_our_rows_only(here: Session, there: UUID, table):
    where = {"there": there}
    changed = here.execute(
        text(f"UPDATE {table} SET authority_id = authority_id WHERE authority_id = :there"), where
    )
    deleted = here.execute(text(f"DELETE FROM {table} WHERE authority_id = :there"), where)
    assert (changed.rowcount, deleted.rowcount) == (0, 0)


@pytest.mark.parametrize("table", OURS)
def test_a_row_cannot_be_put_under_another_council(here: Session, there: UUID, table):
    with pytest.raises(ProgrammingError, match="row-level security"):
        here.execute(text(f"INSERT INTO {table} (authority_id) VALUES (:there)"), {"there": there})


@pytest.mark.parametrize("table", ["bays", "people", "unknown_sensors"])
def test_a_row_cannot_be_moved_to_another_council(here: Session, there: UUID, table):
    with pytest.raises(ProgrammingError, match="row-level security"):
        here.execute(text(f"UPDATE {table} SET authority_id = :there"), {"there": there})


def test_a_council_sees_itself_and_can_add_no_other(here: Session):
    assert list(here.scalars(text("SELECT id FROM authorities"))) == [here.info["authority_id"]]
    with pytest.raises(ProgrammingError, match="row-level security"):
        here.execute(text("INSERT INTO authorities (id) VALUES (:new)"), {"new": uuid4()})


def test_a_session_that_acts_for_nobody_sees_nothing(town: Town):
    with Session(db.engine) as session:
        seen = {table.name: session.scalar(text(f"SELECT count(*) FROM {table.name}")) for table in TABLES}
    assert seen == dict.fromkeys(seen, 0)


def test_whom_a_connection_acted_for_is_forgotten_with_its_transaction(town: Town):
    with db.engine.connect() as connection:
        with Session(connection) as session:
            act_for(session, town.council.id)
            assert session.scalar(text("SELECT count(*) FROM bays"))
        assert connection.scalar(text("SELECT count(*) FROM bays")) == 0


def test_a_session_cannot_change_sides_in_a_transaction(here: Session, there: UUID):
    here.execute(text("SELECT 1"))
    with pytest.raises(RuntimeError):
        act_for(here, there)


def test_the_servers_role_is_bound_by_the_wall(here: Session):
    (role,) = here.execute(text("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"))
    assert tuple(role) == (False, False)
    behind = here.execute(
        text(
            "SELECT relname, relrowsecurity, pg_has_role(current_user, relowner, 'MEMBER') FROM pg_class"
            " WHERE relname = ANY(:names) AND relnamespace = 'public'::regnamespace"
        ),
        {"names": [*OURS, "authorities"]},
    )
    assert {tuple(row) for row in behind} == {(name, True, False) for name in (*OURS, "authorities")}


@pytest.mark.parametrize("table", ["readings", "positions", "journal"])
def test_there_is_no_way_round_by_a_partition(here: Session, table):
    with pytest.raises(ProgrammingError, match="permission denied"):
        here.execute(text(f"SELECT count(*) FROM {table}_default"))


@pytest.mark.parametrize(
    "change", ["UPDATE {0} SET authority_id = authority_id", "DELETE FROM {0}", "TRUNCATE {0}"]
)
@pytest.mark.parametrize("table", ADDED_TO_ONLY)
def test_what_the_journal_and_a_signed_log_say_stands(here: Session, table, change):
    with pytest.raises(ProgrammingError, match="permission denied"):
        here.execute(text(change.format(table)))


def test_every_reference_carries_its_council_along():
    loose = [
        str(constraint)
        for table in TABLES
        for constraint in table.foreign_key_constraints
        if constraint.referred_table.name != "authorities" and "authority_id" not in constraint.column_keys
    ]
    assert loose == []


@pytest.mark.parametrize(
    ("statement", "foreign"),
    [
        (
            "INSERT INTO zone_bays (authority_id, zone_id, bay_id) VALUES (:ours, :zone_id, :bay_id)",
            "zone_id",
        ),
        ("INSERT INTO zone_bays (authority_id, zone_id, bay_id) VALUES (:ours, :zone_id, :bay_id)", "bay_id"),
        (
            "INSERT INTO bay_restrictions (authority_id, id, bay_id, restriction_id, valid_from)"
            " VALUES (:ours, gen_random_uuid(), :bay_id, :restriction_id, now())",
            "restriction_id",
        ),
        ("UPDATE tasks SET officer_id = :person_id", "person_id"),
        ("UPDATE shifts SET officer_id = :person_id", "person_id"),
        ("UPDATE notifications SET task_id = :task_id", "task_id"),
    ],
)
def test_a_bay_cannot_lie_in_another_councils_zone(
    here: Session, town: Town, next_town: Town, statement, foreign
):
    ids = {"ours": town.council.id, **town.ids, foreign: next_town.ids[foreign]}
    with pytest.raises(IntegrityError, match="foreign key"):
        here.execute(text(statement), ids)


def test_another_councils_ids_are_not_there_on_any_route_for_anybody(
    town: Town, next_town: Town, routes: list[Route]
):
    before = rows_of(next_town.council)
    walked = [route for route in routes if route.parameters]
    for route in walked:
        for who, caller in town.allowed(route).items():
            answer = caller.call(route.method, route.path(next_town.ids), body_for(route, town))
            assert (answer.status_code, is_problem(answer)) == (404, True), f"{who}: {route}: {answer.text}"
    assert {name for route in walked for name in route.parameters} <= set(next_town.ids)
    assert rows_of(next_town.council) == before


FOREIGN_IN_A_BODY = {
    "POST /reset-links": {"person_id": "person_id"},
    "POST /bays": {"restriction_id": "restriction_id"},
    "POST /bays/<uuid:bay_id>/restrictions": {"restriction_id": "restriction_id"},
    "POST /suspensions": {"bay_id": "bay_id"},
    "POST /sensors/<uuid:sensor_id>/bay": {"bay_id": "bay_id"},
    "POST /tasks/<uuid:task_id>/offer": {"shift_id": "shift_id"},
    "POST /tasks/<uuid:task_id>/take-back": {"shift_id": "shift_id"},
    "POST /briefing-notes": {"zone_id": "zone_id"},
    "POST /shifts": {"officer_id": "person_id"},
    "PATCH /shifts/<uuid:shift_id>": {"zones": "zone_id"},
}


def test_another_councils_ids_are_not_there_in_any_body(town: Town, next_town: Town, routes: list[Route]):
    before = rows_of(next_town.council)
    for route in routes:
        for member, kind in FOREIGN_IN_A_BODY.get(str(route).replace("/api/v1", ""), {}).items():
            foreign = next_town.ids[kind]
            body = (body_for(route, town) or {}) | {member: [foreign] if member == "zones" else foreign}
            for who, caller in town.allowed(route).items():
                answer = caller.call(route.method, route.path(town.ids), body)
                assert answer.status_code in (404, 422), f"{who}: {route}: {answer.text}"
                assert is_problem(answer), route
    assert rows_of(next_town.council) == before


def test_another_councils_ids_find_nothing_in_a_query(town: Town, next_town: Town):
    supervisor, theirs = town.callers["supervisor"], next_town.ids
    for query in (
        f"/readings?bay={theirs['bay_id']}",
        f"/stays?bay={theirs['bay_id']}",
        f"/journal?subject_id={theirs['task_id']}",
    ):
        assert supervisor.get(query)["items"] == [], query
    assert supervisor.get(f"/shifts?officer={theirs['person_id']}")["items"] == []


def test_a_list_shows_our_own_only(town: Town, next_town: Town):
    theirs = {id_ for name, id_ in next_town.ids.items() if name != "person_id"} | {next_town.officer.id}
    for what in ("people", "keys", "zones", "bays", "restrictions", "suspensions", "sensors", "tasks"):
        shown = town.callers["administrator"].get(f"/{what}")["items"]
        assert shown, what
        assert not theirs & {row["id"] for row in shown}, what


def test_a_phone_subscribed_with_two_councils_belongs_to_each_of_them_apart(town: Town, next_town: Town):
    body = device()
    first = town.officer.phone.post("/devices", body, 201)["id"]
    second = next_town.officer.phone.post("/devices", body, 201)["id"]
    assert first != second
    assert town.officer.phone.post("/devices", body, 201)["id"] == first


def test_the_database_refuses_what_is_none_of_its_business(here: Session):
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
        here.execute(text("ALTER TABLE bays DISABLE ROW LEVEL SECURITY"))
