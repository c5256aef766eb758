"""The whole story of a task."""

from marshmallow import Schema, fields

from .audit import AuditItem
from .base import Named, Strict, Text, Time
from .kept import KeptRecordOut
from .line import ReadingOut, StayOut
from .photos import SightingOut
from .places import RestrictionOut
from .rights import AnswerOut
from .tasks import TaskOut


class ReadingsQuery(Strict):
    cursor = Text(50, load_default=None, metadata={"description": "`next` of the page before"})


class StoryReadings(Schema):
    """Of one stay, from the last report that the bay was free to the next, as the sensor sent them."""

    items = fields.List(fields.Nested(ReadingOut))
    total = fields.Integer(metadata={"description": "how many there are, on all pages"})
    next = fields.String(allow_none=True)


class StoryAnswer(AnswerOut):
    """What one provider said of the bay, or of a plate that was seen: which, stands with the looks."""

    id = fields.UUID()
    about = fields.String(metadata={"enum": ["bay", "plate"]})


class StoryOffer(Schema):
    """An officer was asked, or had it in hand: what the plan weighed, and what became of it."""

    id = fields.UUID()
    officer = fields.Nested(Named)
    shift_id = fields.UUID()
    beside = fields.Boolean(metadata={"description": "they raised it themselves, beside other work"})
    state = fields.String()
    offered_at = Time()
    expires_at = Time()
    accepted_at = Time(allow_none=True)
    arrived_at = Time(allow_none=True)
    preparation_began_at = Time(allow_none=True)
    ended_at = Time(allow_none=True)
    end_reason = fields.String(allow_none=True)
    reason = fields.String(metadata={"description": "why this officer, in words"})
    walk_metres = fields.Float(allow_none=True)
    walk_seconds = fields.Float(allow_none=True)
    expected_value = fields.Float(
        metadata={
            "description": "how much of the task's priority the visit was expected to bring; 0 if the desk asked"
        }
    )


class StoryPush(Schema):
    """A message to a phone. `received_at` is the phone's own receipt, the only proof that it was shown."""

    id = fields.UUID()
    officer = fields.Nested(Named)
    kind = fields.String()
    state = fields.String(metadata={"enum": ["queued", "sent", "failed", "dropped"]})
    queued_at = Time()
    sent_at = Time(allow_none=True)
    received_at = Time(allow_none=True)
    expires_at = Time()
    attempts = fields.Integer()
    status = fields.Integer(allow_none=True)
    detail = fields.String(allow_none=True)


class StoryWords(Schema):
    """What the desk wrote to an officer while the task was theirs."""

    id = fields.UUID()
    officer = fields.Nested(Named)
    sent_by = fields.Nested(Named)
    text = fields.String()
    sent_at = Time()
    read_at = Time(allow_none=True)


class LastCheck(Schema):
    """What was known of the plate when the notice was served."""

    status = fields.String()
    provider = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    checked_at = Time(allow_none=True)


class StoryOutcome(Schema):
    id = fields.UUID()
    officer = fields.Nested(Named)
    outcome = fields.String()
    details = fields.Dict()
    recorded_at = Time()
    received_at = Time()
    far_m = fields.Float(
        allow_none=True, metadata={"description": "metres from the place, where it was recorded far from it"}
    )
    rights = fields.Nested(LastCheck, allow_none=True)


class StoryHold(Schema):
    """The case is kept, with all its evidence, until the hold is lifted."""

    id = fields.UUID()
    reason = fields.String()
    placed_at = Time()
    placed_by = fields.Nested(Named)


class StoryOut(Schema):
    task = fields.Nested(TaskOut)
    allows = fields.Nested(
        RestrictionOut,
        allow_none=True,
        metadata={"description": "what the bay allowed when the clock of this case began"},
    )
    stay = fields.Nested(StayOut, allow_none=True)
    readings = fields.Nested(StoryReadings)
    rights = fields.List(
        fields.Nested(StoryAnswer),
        metadata={"description": "what each provider said of the bay or of a plate, and when"},
    )
    offers = fields.List(fields.Nested(StoryOffer))
    pushes = fields.List(fields.Nested(StoryPush))
    words = fields.List(fields.Nested(StoryWords))
    looks = fields.List(fields.Nested(SightingOut))
    outcomes = fields.List(fields.Nested(StoryOutcome))
    kept = fields.List(fields.Nested(KeptRecordOut))
    hold = fields.Nested(StoryHold, allow_none=True)
    journal = fields.List(fields.Nested(AuditItem))
    journal_begins_earlier = fields.Boolean(metadata={"description": "there are more entries than these"})
