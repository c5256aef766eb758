"""Does all that runs by itself run?"""

from enforcement import queries

from .auth import clock, supervisor
from .bodies import Blueprint
from .database import session
from .schemas.watch import WatchOut

blueprint = Blueprint("watch", __name__, description="Whether all that runs by itself does run")


@blueprint.get("/watch")
@supervisor
@blueprint.response(200, WatchOut)
def watch():
    """Is anybody at work, how many sensors are silent, whom does no message reach?

    Workers raise the alarms. That none works nobody raises: ask, and see.
    """
    return queries.watch(session, clock())
