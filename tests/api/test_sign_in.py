"""Signing in, choosing a password, and what is never told."""

import logging
from uuid import uuid4

import pytest
from argon2 import extract_parameters
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import ProgrammingError
from structlog.testing import capture_logs

from enforcement import people
from enforcement.adapters.tables import ApiKey, Device, Person, ResetLink, SignIn, db
from enforcement.config import Settings
from enforcement.people import passwords
from routes import create_app
from routes.auth import SPEAKER

from ..builders import PASSWORD, Caller, Council
from ..line.scenes import at_once
from .walk import device, is_problem

WRONG = "not the right one"


@pytest.fixture
def account(council: Council) -> dict[str, str]:
    """The address and password of a supervisor."""
    email = f"sunita@{council.slug}.example"
    with council.session() as session:
        person = people.create_person(
            session, email, "Sunita", "supervisor", PASSWORD, "test", council.clock()
        )
        session.commit()
    return {"email": email, "password": PASSWORD, "id": str(person.id)}


def try_in(council: Council, email: str, password: str, browser: Caller | None = None):
    return (browser or council.browser()).call("POST", "/sign-in", {"email": email, "password": password})


def cookie_of(answer) -> str:
    (cookie,) = answer.headers.getlist("Set-Cookie")
    return cookie


def token_of(answer) -> str:
    return cookie_of(answer).partition(";")[0].partition("=")[2]


def link_for(council: Council, account: dict[str, str]) -> str:
    """The token of a reset link."""
    made = council.administrator.post("/reset-links", {"person_id": account["id"]}, 201)
    return made["url"].partition("#")[2]


def test_the_right_password_answers_who_it_is(council: Council, account):
    said = try_in(council, account["email"], PASSWORD).get_json()
    assert said["person"] == {
        "id": account["id"],
        "email": account["email"],
        "name": "Sunita",
        "role": "supervisor",
        "disabled_at": None,
        "version": 1,
    }
    assert said["authority"]["slug"] == council.slug
    assert said["now"] == "2026-06-29T08:00:00Z"
    assert said["push_key"]
    assert said["shift"] is None


def test_an_address_is_the_same_in_capitals_and_with_spaces_around(council: Council, account):
    assert try_in(council, f"  {account['email'].upper()} ", PASSWORD).status_code == 200


def test_the_cookie_is_for_the_server_alone(council: Council, account):
    parts = cookie_of(try_in(council, account["email"], PASSWORD)).split("; ")
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=1209600"} <= set(parts)
    assert "Secure" not in parts, "development on loopback has no https"


def test_the_cookie_is_secure_where_people_come_by_https(council: Council, account, monkeypatch):
    monkeypatch.setattr("routes.Services.public_url", "https://patrol.example.org")
    assert "Secure" in cookie_of(try_in(council, account["email"], PASSWORD)).split("; ")


def test_a_wrong_password_and_an_unknown_address_are_answered_in_the_same_words(council: Council, account):
    wrong = try_in(council, account["email"], WRONG)
    unknown = try_in(council, f"nobody@{council.slug}.example", WRONG)
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.get_json() == unknown.get_json()
    assert is_problem(wrong)
    assert "Set-Cookie" not in wrong.headers


def test_a_disabled_person_is_answered_like_a_stranger(council: Council, account):
    council.administrator.patch(f"/people/{account['id']}", {"disabled": True}, 200)
    assert try_in(council, account["email"], PASSWORD).status_code == 401


def test_someone_without_a_password_yet_cannot_sign_in(council: Council):
    new = council.administrator.post(
        "/people", {"email": f"new@{council.slug}.example", "name": "New", "role": "officer"}, 201
    )
    assert try_in(council, new["email"], "None").status_code == 401


def test_each_wrong_password_after_the_fifth_doubles_the_wait(council: Council, account):
    for _ in range(5):
        assert try_in(council, account["email"], WRONG).status_code == 401
    locked = try_in(council, account["email"], PASSWORD)
    assert (locked.status_code, is_problem(locked)) == (429, True)
    assert locked.headers["Retry-After"] == "3"
    council.clock.forward(seconds=3)
    assert try_in(council, account["email"], WRONG).status_code == 401
    assert try_in(council, account["email"], PASSWORD).headers["Retry-After"] == "5"
    council.clock.forward(seconds=5)
    assert try_in(council, account["email"], PASSWORD).status_code == 200
    assert try_in(council, account["email"], WRONG).status_code == 401


def test_an_unknown_address_takes_as_much_work_as_a_wrong_password():
    costs = [extract_parameters(kept) for kept in (passwords.nobodys(), passwords.hasher.hash(PASSWORD))]
    assert costs[0] == costs[1]


def test_no_wait_is_longer_than_a_quarter_of_an_hour(council: Council, account):
    for _ in range(5 + 9):
        council.clock.forward(minutes=15)
        try_in(council, account["email"], WRONG)
    assert try_in(council, account["email"], PASSWORD).headers["Retry-After"] == "901"


def test_one_address_may_not_try_without_end(council: Council):
    stranger = council.browser()
    answers = [stranger.call("POST", "/sign-in", {}) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [422] * 30 + [429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 62
    assert is_problem(answers[-1])


def test_every_sign_in_has_a_new_token(council: Council, account):
    browser = council.browser()
    first, second = (token_of(try_in(council, account["email"], PASSWORD, browser)) for _ in range(2))
    assert first != second


def test_who_signs_in_anew_leaves_the_old_sign_in_behind(council: Council, account):
    browser, thief = council.browser(), council.browser()
    before = token_of(try_in(council, account["email"], PASSWORD, browser))
    try_in(council, account["email"], PASSWORD, browser)
    thief.client.set_cookie("openpatrol", before)
    assert thief.call("GET", "/me").status_code == 401
    browser.get("/me")


def test_a_page_that_speaks_for_one_person_is_not_heard_as_another(council: Council, account):
    """Every page of a browser shares its sign-in, the desk's and the phone's too."""
    olu, officer = council.person("officer")
    fix = {"id": str(uuid4()), "fixes": []}
    for method, path, body in (("GET", "/me", None), ("GET", "/vault", None), ("POST", "/positions", fix)):
        told = officer.call(method, path, body, headers={SPEAKER: account["id"]})
        assert told.status_code == 401, path
        assert is_problem(told)
    assert officer.get("/me", headers={SPEAKER: olu})["person"]["id"] == olu


def test_signing_out_ends_the_sign_in_and_silences_its_phone(council: Council, account):
    browser = council.browser()
    token = token_of(try_in(council, account["email"], PASSWORD, browser))
    phone = browser.post("/devices", device(), 201)["id"]
    other = council.browser()
    try_in(council, account["email"], PASSWORD, other)
    answer = browser.call("POST", "/sign-out")
    assert answer.status_code == 204
    assert "Max-Age=0" in cookie_of(answer)
    browser.client.set_cookie("openpatrol", token)
    assert browser.call("GET", "/me").status_code == 401
    other.get("/me")
    with council.session() as session:
        assert session.get_one(Device, (council.id, phone)).state == "signed-out"


def test_a_reset_link_works_once_and_signs_its_owner_out_everywhere(council: Council, account):
    browser = council.browser()
    try_in(council, account["email"], PASSWORD, browser)
    made = council.administrator.post("/reset-links", {"person_id": account["id"]}, 201)
    assert made["expires_at"] == "2026-06-30T08:00:00Z"
    address, _, token = made["url"].partition("#")
    assert address.endswith("/password/")
    stranger = council.browser()
    stranger.post("/password", {"token": token, "password": "quite another one"}, 204)
    assert browser.call("GET", "/me").status_code == 401
    assert try_in(council, account["email"], PASSWORD).status_code == 401
    assert try_in(council, account["email"], "quite another one").status_code == 200
    again = stranger.call("POST", "/password", {"token": token, "password": "a third one, then"})
    assert (again.status_code, is_problem(again)) == (422, True)


def test_links_that_were_made_before_open_nothing_once_a_password_is_chosen(council: Council, account):
    lost, used = link_for(council, account), link_for(council, account)
    stranger = council.browser()
    stranger.post("/password", {"token": used, "password": "quite another one"}, 204)
    stranger.post("/password", {"token": lost, "password": "a thief's own one"}, 422)
    assert try_in(council, account["email"], "quite another one").status_code == 200


def test_a_reset_link_frees_a_locked_account(council: Council, account):
    for _ in range(6):
        try_in(council, account["email"], WRONG)
    token = link_for(council, account)
    council.browser().post("/password", {"token": token, "password": "quite another one"}, 204)
    assert try_in(council, account["email"], "quite another one").status_code == 200


def test_a_reset_link_is_good_for_a_day(council: Council, account):
    token = link_for(council, account)
    council.clock.forward(hours=24)
    late = council.browser().call("POST", "/password", {"token": token, "password": "quite another one"})
    assert late.status_code == 422
    assert try_in(council, account["email"], PASSWORD).status_code == 200


def test_a_short_password_is_refused_and_the_link_stays_good(council: Council, account):
    token = link_for(council, account)
    browser = council.browser()
    refused = browser.call("POST", "/password", {"token": token, "password": "short"})
    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["pointer"] == "/password"
    browser.post("/password", {"token": token, "password": "long enough now"}, 204)


@pytest.mark.parametrize("token", ["op_none", "op_" + "0" * 32 + "_x", "🚗", "x" * 300])
def test_a_made_up_link_is_refused(council: Council, token):
    answer = council.browser().call("POST", "/password", {"token": token, "password": "quite another one"})
    assert (answer.status_code, is_problem(answer)) == (422, True)


def test_the_password_tells_which_of_two_councils_is_meant(council: Council, neighbour: Council):
    email = f"both@{council.slug}.example"
    for each, password in ((council, "with the first"), (neighbour, "with the second")):
        with each.session() as session:
            people.create_person(session, email, "Bo", "officer", password, "test", each.clock())
            session.commit()
    for each, password in ((council, "with the first"), (neighbour, "with the second")):
        said = try_in(council, email, password).get_json()
        assert said["authority"]["slug"] == each.slug
    assert try_in(council, email, WRONG).status_code == 401


def test_an_address_that_nobody_has_is_locked_as_soon_and_in_the_same_words(council: Council, account):
    """Else the lock would tell which addresses have an account."""
    unknown = f"nobody@{council.slug}.example"
    seen = []
    for _ in range(7):
        council.clock.forward(seconds=1)
        known, other = (try_in(council, email, WRONG) for email in (account["email"], unknown))
        assert (known.status_code, known.get_json()) == (other.status_code, other.get_json())
        assert known.headers.get("Retry-After") == other.headers.get("Retry-After")
        seen.append(known.status_code)
    assert seen == [401] * 5 + [429, 401]


def test_attempts_are_counted_for_all_web_processes_together(council: Council, account, settings: Settings):
    another = create_app(settings)
    another.extensions["openpatrol"] = council.app.extensions["openpatrol"]
    for number in range(5):
        app = (council.app, another)[number % 2]
        Caller(app.test_client()).post("/sign-in", {"email": account["email"], "password": WRONG}, 401)
    for app in (council.app, another):
        Caller(app.test_client()).post("/sign-in", {"email": account["email"], "password": PASSWORD}, 429)
    with another.app_context():
        db.engine.dispose()


def test_guesses_at_the_same_moment_are_all_counted(council: Council, account):
    guesses = at_once(council.app, *[lambda: try_in(council, account["email"], WRONG)] * 12)
    assert sorted(answer.status_code for answer in guesses) == [401] * 5 + [429] * 7


def test_what_one_council_may_do_opens_no_other_to_more_guesses(
    council: Council, neighbour: Council, account
):
    """Whoever runs the neighbour can give themselves an account there with our supervisor's address."""
    theirs = "known to the neighbour"
    with neighbour.session() as session:
        people.create_person(session, account["email"], "Eve", "officer", theirs, "test", neighbour.clock())
        session.commit()
    waits = []
    for _ in range(9):
        try_in(council, account["email"], WRONG)
        wait = int(try_in(council, account["email"], theirs).headers.get("Retry-After", 0))
        council.clock.forward(seconds=wait)
        assert try_in(council, account["email"], theirs).status_code == 200
        waits.append(wait)
    assert waits[-1] > waits[-2] > waits[-3] > 0


def test_what_strangers_type_as_an_address_is_not_kept(council: Council, settings: Settings):
    """A password typed into the wrong field, for one."""
    try_in(council, "my password, by mistake", WRONG)
    owner = create_engine(settings.database_owner_url)
    with owner.connect() as connection:
        kept = connection.scalars(text("SELECT sign_in_attempts::text FROM sign_in_attempts")).all()
    owner.dispose()
    assert kept
    assert b"my password".hex() not in str(kept)
    with council.session() as session, pytest.raises(ProgrammingError, match="permission denied"):
        session.scalar(text("SELECT count(*) FROM sign_in_attempts"))


def test_no_secret_is_ever_answered_logged_or_kept(council: Council, account, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    with capture_logs() as logs:
        administrator = council.administrator
        browser = council.browser()
        answer = try_in(council, account["email"], PASSWORD, browser)
        token = token_of(answer)
        try_in(council, account["email"], WRONG)
        key = administrator.post("/keys", {"name": "till", "scopes": ["places:read"]}, 201)["key"]
        link = administrator.post("/reset-links", {"person_id": account["id"]}, 201)["url"].partition("#")[2]
        shown = [administrator.get(path) for path in ("/people", "/keys", "/me", "/journal")]
        shown += [administrator.get(f"/journal?subject_id={account['id']}"), answer.get_json()]
    with council.session() as session:
        (hashed,) = session.scalars(select(Person.password_hash).where(Person.email == account["email"]))
        tables = (Person, SignIn, ApiKey, ResetLink)
        kept = [str(vars(row)) for table in tables for row in session.scalars(select(table))]
    assert hashed.startswith("$argon2id$")
    told = str(shown) + str(logs) + caplog.text + "".join(capfd.readouterr())
    for secret in (PASSWORD, WRONG, hashed, token, key, link, people.hash_of(token), people.hash_of(key)):
        assert secret not in told
    for secret in (PASSWORD, token, key, link):
        assert secret not in str(kept)
    assert any(entry["event"] == "request" for entry in logs)


def test_the_same_address_twice_in_one_council_is_refused(council: Council, account):
    body = {"email": account["email"].upper(), "name": "Twin", "role": "officer"}
    assert council.administrator.call("POST", "/people", body).status_code == 409


def test_the_last_administrator_can_not_be_removed(council: Council):
    me = council.administrator.get("/me")["person"]["id"]
    council.administrator.patch(f"/people/{me}", {"disabled": True}, 409)
    council.administrator.patch(f"/people/{me}", {"role": "officer"}, 409)
    council.person("administrator", "Bea")
    council.administrator.patch(f"/people/{me}", {"role": "supervisor"}, 200)
