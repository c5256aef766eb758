"""A provider is asked as APDS says, and whatever goes wrong is unknown, never none."""

import logging
from collections.abc import Iterator

import pytest

from enforcement.adapters.rights import Question
from enforcement.adapters.rights.addresses import ProviderAddresses, check_base_url
from enforcement.adapters.rights.apds import LARGEST_ANSWER, ApdsProvider
from enforcement.adapters.rights.desk import Desk, Reply
from enforcement.domain.refusals import Invalid
from enforcement.domain.rights import Status

from ...builders import at
from .provider import TOKEN, FakeProvider, right

LOOPBACK = ProviderAddresses(allow_loopback=True)
NOW = at("11:05")


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with FakeProvider() as running:
        yield running


def ask(
    provider: FakeProvider,
    plate: str | None = "AB12CDE",
    *places: str,
    seconds: float = 10.0,
    token: str = TOKEN,
    addresses: ProviderAddresses = LOOPBACK,
) -> Reply:
    line = ApdsProvider("Meters", provider.url, token, addresses, timeout=5.0)
    [reply] = Desk().ask([(line, Question(NOW, places, plate))], seconds)
    return reply


def test_a_plate_is_asked_about_with_place_and_time_in_epoch_seconds(provider):
    ask(provider, "AB12CDE", "805430")

    now = str(int(NOW.timestamp()))
    assert provider.asked == [
        {
            "credential_type": "licensePlate",
            "credential_id": "AB12CDE",
            "place": "805430",
            "start_before": now,
            "end_after": now,
            "expand": "all",
        }
    ]


def test_a_payment_covers_until_it_expires(provider):
    provider.covers("AB12CDE", until="2026-06-29 13:20:00")  # without an offset: UTC

    answer = ask(provider).answer

    assert (answer.status, answer.right_type) == (Status.COVERED, "oneTimeUseParking")
    assert answer.valid_to == at("14:20")
    assert answer.checked_at == NOW


def test_none_is_said_only_by_an_answer_without_a_right(provider):
    assert ask(provider).answer.status is Status.NONE


def test_a_right_that_has_run_out_or_has_not_begun_covers_nothing(provider):
    provider.covers("AB12CDE", until="2026-06-29T10:00:00Z")
    provider.rights.append(right("AB12CDE", issuanceTime="2026-06-29T11:00:00Z"))

    assert ask(provider).answer.status is Status.NONE


def test_planned_uses_say_when_a_right_may_be_used(provider):
    use = {"startTime": "2026-06-29T10:00:00Z", "endTime": "2026-06-29T10:30:00Z"}
    provider.rights.append(right("AB12CDE", plannedUses=[use], expiry="2026-12-31T00:00:00Z"))

    assert ask(provider).answer.valid_to == at("11:30")


def test_a_provider_that_finds_other_cars_rights_covers_nobody(provider):
    provider.answers(body=provider._found({}) | {"data": [right("XY99ZZZ")], "meta": _meta(1)})

    assert ask(provider).answer.status is Status.NONE


def test_of_a_place_a_payment_or_a_right_without_a_plate_speaks_and_a_permit_does_not(provider):
    provider.covers("AB12CDE", type="permitParking")
    assert ask(provider, None, "B1").answer.status is Status.NONE

    provider.covers("AB12CDE")
    assert ask(provider, None, "B1").answer.status is Status.COVERED


def test_a_right_on_the_second_page_is_found(provider):
    provider.page_size = 2
    provider.rights = [right("AB12CDE", expiry="2026-06-29T10:00:00Z") for _ in range(3)]
    provider.covers("AB12CDE")

    assert ask(provider).answer.status is Status.COVERED
    assert [query.get("offset") for query in provider.asked] == [None, "2"]


def _meta(total: int) -> dict[str, int]:
    return {"referenceInstant": 1, "offset": 0, "pageSize": 100, "total": total}


FAULTS = {
    "an error": (500, b"oops", "answered with the error 500"),
    "a wrong token": (401, b"", "refused our access token"),
    "an unknown place": (404, b"", "answered with the error 404"),
    "no JSON": (200, b"<html>", "answered in a shape that is not APDS"),
    "another JSON": (200, b"[]", "answered in a shape that is not APDS"),
    "no data": (200, {"meta": _meta(0)}, "answered in a shape that is not APDS"),
    "no meta": (200, {"data": []}, "answered in a shape that is not APDS"),
    "data that is null": (200, {"meta": _meta(0), "data": None}, "answered in a shape that is not APDS"),
    "fewer than it counts": (200, {"meta": _meta(3), "data": []}, "answered in a shape that is not APDS"),
    "a right without a holder": (
        200,
        {"meta": _meta(1), "data": [{"id": "1", "rightSpecification": {"id": "2"}}]},
        "answered in a shape that is not APDS",
    ),
    "a time that is none": (
        200,
        {"meta": _meta(1), "data": [right("XY99ZZZ", expiry="soon")]},
        "answered in a shape that is not APDS",
    ),
    "a response status": (200, {"status": "error", "code": 7}, "answered with an error"),
    "nesting without end": (200, b"[" * 100_000, "answered in a shape that is not APDS"),
    "too much": (200, b" " * (LARGEST_ANSWER + 1), "answered with too much"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_no_answer_is_unknown_and_says_why(provider, fault):
    status, body, reason = FAULTS[fault]
    provider.answers(status, body)

    reply = ask(provider)

    assert (reply.answer.status, reply.answer.reason) == (Status.UNKNOWN, reason)
    assert reply.fault


def test_too_many_questions_says_how_long_to_wait(provider):
    provider.answers(429, Retry_After="120")

    reply = ask(provider)

    assert reply.answer.reason == "asked us to wait"
    assert reply.wait is not None
    assert reply.wait.total_seconds() == 120


def test_a_redirect_is_not_followed(provider):
    with FakeProvider() as other:
        provider.answers(302, Location=f"{other.url}/rights/assigned")
        assert ask(provider).answer.reason == "sent us elsewhere, which we do not follow"
        assert other.asked == []


@pytest.mark.parametrize("how", ["hang", "drip"])
def test_one_that_hangs_or_drips_is_given_up_in_time(provider, how):
    getattr(provider, how)()

    reply = ask(provider, seconds=0.2)

    assert (reply.answer.status, reply.answer.reason) == (Status.UNKNOWN, "did not answer in time")
    assert reply.fault


def test_one_that_is_down_is_unknown():
    with FakeProvider() as gone:
        pass
    assert ask(gone).answer.reason == "did not answer"


def test_an_address_inside_is_not_called_unless_loopback_is_allowed(provider):
    reply = ask(provider, addresses=ProviderAddresses())

    assert reply.answer.reason == "has an address that must not be called"
    assert provider.asked == []


def test_questions_that_hang_take_the_places_of_a_process_and_no_more(provider):
    provider.hang()
    desk = Desk(at_once=1)
    line = ApdsProvider("Meters", provider.url, TOKEN, LOOPBACK, timeout=5.0)
    other = ApdsProvider("Permits", provider.url, TOKEN, LOOPBACK, timeout=5.0)

    first, second = desk.ask([(line, Question(NOW)), (other, Question(NOW))], 0.2)

    assert first.answer.reason == "did not answer in time"
    assert second.answer.reason == "was not asked: too many questions are open"
    assert not second.fault


def test_neither_token_nor_plate_is_ever_logged(provider, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    provider.answers(500, b"oops")
    ask(provider)
    provider.answers(200, b"[]")
    ask(provider)

    said = caplog.text + "".join(capfd.readouterr())
    assert TOKEN not in said
    assert "AB12CDE" not in said


URLS_REFUSED = [
    "http://rights.example.org",
    "https://user:secret@rights.example.org",
    "https://rights.example.org/?key=1",
    "https://rights.example.org/#1",
    "ftp://rights.example.org",
    "https://",
    "https://rights.example.org:99999",
    "https://127.0.0.1/v1",
    "https://10.0.0.8/v1",
    "https://[::1]/v1",
    "https://169.254.169.254/latest",
    f"https://rights.example.org/{'a' * 500}",
]


@pytest.mark.parametrize("url", URLS_REFUSED)
def test_only_public_https_addresses_are_taken(url):
    with pytest.raises(Invalid):
        check_base_url(url, ProviderAddresses())


def test_a_public_address_is_taken_without_its_last_slash():
    public = ProviderAddresses(resolve=lambda host, port: ["93.184.216.34"])
    assert check_base_url("https://rights.example.org/v1/", public) == "https://rights.example.org/v1"
