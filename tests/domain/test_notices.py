"""What an officer reads on the phone, and what must never be in it."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement.domain import notices
from enforcement.domain.notices import Change, Urgency, over, payload, shortened

TASK = UUID("01931f4e-7a60-7cc1-8a3f-2f6b1d0c9e55")
LONDON = ZoneInfo("Europe/London")
ELEVEN_ELEVEN = datetime(2026, 6, 3, 11, 11, tzinfo=LONDON)
ANY_TEXT = st.text(max_size=3000)


def offered(street="Judd Street", bay="14", minutes=47, lawful=ELEVEN_ELEVEN, walk=238.0):
    return notices.task_offered(TASK, street, bay, minutes, lawful, walk)


def every_notice(street="Judd Street", bay="14"):
    yield offered(street, bay)
    yield notices.task_withdrawn(TASK, street, bay)
    yield from (notices.task_changed(TASK, street, bay, change) for change in Change)
    yield notices.test_message()


def test_an_offer_says_where_how_long_over_from_when_and_how_far():
    assert offered().title == "Judd Street, bay 14"
    assert offered().body == "47 min over · lawful from 11:11 · 240 m walk"


def test_an_offer_leaves_out_what_is_not_known():
    assert offered(lawful=None, walk=None).body == "47 min over"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-20, "A first look: still within its time"),
        (0, "A first look: still within its time"),
        (1, "1 min over"),
        (59, "59 min over"),
        (60, "1 h over"),
        (125, "2 h 5 min over"),
        (1500, "25 h over"),
    ],
)
def test_how_long_over_is_said_as_people_say_it(minutes, words):
    assert over(minutes) == words


def test_a_car_that_has_left_spares_the_officer_the_walk():
    notice = notices.task_withdrawn(TASK, "Judd Street", "14")
    assert (notice.title, notice.body) == ("The car has left", "Judd Street, bay 14. No need to go.")


def test_all_news_of_a_task_replaces_the_older_news_of_it():
    about_task = [n for n in every_notice() if n.data["kind"] != "test"]
    assert {n.topic for n in about_task} == {"AZMfTnpgfMGKPy9rHQyeVQ"}
    assert {n.tag for n in about_task} == {f"task-{TASK}"}


@given(st.uuids(), st.uuids())
def test_each_task_has_a_topic_of_its_own_that_push_services_take(one, other):
    topics = {notices.task_withdrawn(i, "Judd Street", "14").topic for i in (one, other)}
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,32}", topic) for topic in topics)
    assert len(topics) == len({one, other})


def test_a_second_look_is_called_one():
    notice = notices.task_offered(TASK, "Judd Street", "14", 11, ELEVEN_ELEVEN, 238.0, second_look=True)
    assert notice.body == "Your second look at this car · 11 min over · lawful from 11:11 · 240 m walk"


def test_only_what_is_to_be_done_now_is_urgent():
    urgent = {c for c in Change if notices.task_changed(TASK, "s", "b", c).urgency is Urgency.HIGH}
    assert urgent == {Change.CALLED_OFF}
    assert offered().urgency is notices.task_withdrawn(TASK, "s", "b").urgency is Urgency.HIGH


def test_an_offer_is_not_delivered_after_it_has_gone_to_the_next_officer():
    assert offered().ttl == timedelta(seconds=60)


def test_every_notice_is_worth_delivering_for_a_while():
    assert all(notice.ttl >= timedelta(seconds=1) for notice in every_notice())


def test_one_json_serves_service_workers_and_declarative_push():
    assert payload(offered(), badge=3, origin="https://patrol.example.org") == {
        "web_push": 8030,
        "notification": {
            "title": "Judd Street, bay 14",
            "body": "47 min over · lawful from 11:11 · 240 m walk",
            "navigate": f"https://patrol.example.org/patrol/?task={TASK}",
            "tag": f"task-{TASK}",
            "data": {"kind": "task.offered", "task": str(TASK)},
        },
        "app_badge": "3",
        "mutable": True,
    }


@given(ANY_TEXT, ANY_TEXT)
def test_a_payload_stays_under_two_kilobytes_whatever_the_street_is_called(street, bay):
    for notice in every_notice(street, bay):
        content = payload(notice, badge=10**6, origin="https://" + "x" * 240)
        assert len(json.dumps(content).encode()) < 2000  # escaped to ASCII: the longest way to write it


@given(ANY_TEXT, ANY_TEXT)
def test_a_payload_stays_under_two_kilobytes_whoever_wrote_the_words(title, body):
    content = payload(replace(offered(), title=title, body=body), badge=1)
    assert len(json.dumps(content, ensure_ascii=False).encode()) < 2000


def test_words_that_are_too_long_are_shortened():
    shown = payload(replace(offered(), title="x" * 3000, body="y" * 3000), badge=1)["notification"]
    assert (len(shown["title"].encode()), len(shown["body"].encode())) == (120, 240)


@pytest.mark.parametrize("letter", ["é", "字", "🅿", "\x00", "\ud800", '"', "\\", "\u202e"])
def test_letters_of_every_size_fit(letter):
    for notice in every_notice(letter * 500, letter * 500):
        assert len(json.dumps(payload(notice, badge=1)).encode()) < 2000
        json.dumps(payload(notice, badge=1), ensure_ascii=False).encode()


@given(ANY_TEXT, st.integers(min_value=8, max_value=200))
def test_a_shortened_name_keeps_to_its_bytes_and_breaks_no_letter(text, most):
    short = shortened(text, most)
    assert len(short.encode()) <= most
    assert short == shortened(short, most)


def test_a_long_street_is_shortened_but_its_bay_is_still_said():
    street = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch High Street and more"
    assert offered(street).title.endswith("gogogoch High Stree…, bay 14")


@pytest.mark.parametrize("street", ["Judd\n\u202eStreet\x00", "\x00 Judd \u202e Street", "Judd\xa0Street "])
def test_a_name_cannot_break_the_line(street):
    assert offered(street=street).title == "Judd Street, bay 14"


def test_a_payload_holds_ids_and_kinds_and_nothing_else():
    for notice in every_notice():
        content = payload(notice, badge=1)["notification"]
        assert set(content) == {"title", "body", "navigate", "tag", "data"}
        assert set(content["data"]) <= {"kind", "task"}
