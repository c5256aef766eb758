"""Promise 6. Off shift or signed out: no message comes, and no position is taken."""

from uuid import UUID

import pytest

from enforcement.simulation.client import ApiFault
from enforcement.simulation.stack import Stack

from .history import History
from .scenes import Attempts, OnDuty, Records, post, says, town, until


def test_who_goes_home_hears_nothing_more_and_tells_no_place(stack: Stack, history: History):
    borough = town(stack, history, bays=2)
    with Attempts() as service:
        home, stays = OnDuty(borough, history, 1), OnDuty(borough, history, 2)
        for officer in (home, stays):
            officer.subscribe(service)
        records = Records(borough)
        kept = records.count("positions")
        home.post(f"/shifts/{home.shift['id']}/end")
        with pytest.raises(ApiFault, match="not on shift"):
            home.stand()
        post(borough.network(history), says(borough, 0, "over"))
        until(lambda: service.received)
        assert stays.offered()
        assert records.count("positions") == kept
        assert records(ASKED) == [(UUID(stays.id),)]
    assert len(service.came) == 1


ASKED = "SELECT DISTINCT officer_id FROM assignments WHERE authority_id = :ours"


def test_a_message_already_under_way_to_somebody_who_goes_home_is_dropped(stack: Stack, history: History):
    """The push service is busy when it is first tried; when it may be tried again, the officer is off shift."""
    borough = town(stack, history)
    with Attempts() as service:
        service.answer(503, Retry_After="2")
        officer = OnDuty(borough, history)
        officer.subscribe(service)
        post(borough.network(history), says(borough, 0, "over"))
        until(lambda: service.came)
        officer.post(f"/shifts/{officer.shift['id']}/end")
        service.answer(201)
        records = Records(borough)
        until(lambda: records.count("notifications", "state <> 'queued'"))
    assert service.received == []
    assert records("SELECT state, detail FROM notifications WHERE authority_id = :ours") == [
        ("dropped", "off shift")
    ]


def test_a_phone_that_signed_out_hears_nothing_and_is_nobody(stack: Stack, history: History):
    borough = town(stack, history)
    with Attempts() as service:
        officer = OnDuty(borough, history)
        officer.subscribe(service)
        other_phone = officer.signed_in(history)
        officer.phone.post("/sign-out")
        with pytest.raises(ApiFault) as refused:
            officer.stand()
        assert refused.value.status == 401
        post(borough.network(history), says(borough, 0, "over"))
        until(lambda: other_phone.get("/tasks", mine="true", state="open")["items"])
    assert (service.came, Records(borough).count("notifications")) == ([], 0)
