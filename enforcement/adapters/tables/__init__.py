"""The tables, and `db` by which everything reaches them."""

from .authorities import Authority, EventDay, Planning
from .base import Base, act_for, db
from .briefings import BriefingNote, BriefingRead
from .coverage import StreetSeen
from .desk_messages import DeskMessage
from .dwell import DwellModel
from .evidence import STANDS, Addendum, Misreading, OutcomeRow, Photo, PhotoFile, SightingRow
from .holds import Hold
from .journal import JournalRow
from .kept import KeptRecord
from .line import BayState, ReadingRow, StayRow, Task
from .patrols import Patrol
from .people import ApiKey, LostPhone, Person, ResetLink, SignIn
from .places import (
    Bay,
    BayRestriction,
    RestrictionRow,
    Sensor,
    SensorBay,
    SuspensionRow,
    UnknownSensor,
    Zone,
    ZoneBay,
)
from .rights import ListedRight, RightsAnswer, RightsProvider, StayRights
from .safety import Alert, Freeze, ShiftLog
from .streets import StreetLine
from .watch import NetworkGap, Watch
from .work import (
    Action,
    Assignment,
    Device,
    Notification,
    Position,
    Shift,
    ShiftZone,
)

__all__ = [
    "STANDS", "Action", "Addendum", "Alert", "ApiKey", "Assignment", "Authority", "Base", "Bay", "BayRestriction",
    "BayState", "BriefingNote", "BriefingRead", "DeskMessage", "Device", "DwellModel", "EventDay", "Freeze",
    "Hold", "JournalRow", "KeptRecord", "ListedRight", "LostPhone", "Misreading", "NetworkGap", "Notification",
    "OutcomeRow", "Patrol", "Person", "Photo", "PhotoFile", "Planning", "Position", "ReadingRow", "ResetLink",
    "RestrictionRow", "RightsAnswer", "RightsProvider", "Sensor", "SensorBay", "Shift", "ShiftLog", "ShiftZone",
    "SightingRow", "SignIn", "StayRights", "StayRow", "StreetLine", "StreetSeen", "SuspensionRow", "Task",
    "UnknownSensor", "Watch", "Zone", "ZoneBay", "act_for", "db",
]  # fmt: skip
