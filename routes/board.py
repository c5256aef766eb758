"""The wall screen: what a display key may read beside the map and its marks."""

from enforcement import queries

from .auth import clock, open_to
from .bodies import Blueprint
from .database import session
from .pages import version_of
from .schemas.board import BoardOut

blueprint = Blueprint("board", __name__, description="The wall screen")

PAGE = ("board", "patrol/map", "shared")

reads = open_to("supervisor", "administrator", scope="board:read")


@blueprint.get("/board")
@reads
@blueprint.response(200, BoardOut)
def show_board():
    """Today in six figures, hot spots and alarms: numbers and streets, nobody's name, no plate, nobody's place."""
    return {**queries.board(session, clock()), "version": version_of(*PAGE)}
