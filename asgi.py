"""One port: the live feed, and everything else handed to the web application."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from enforcement.adapters.tables import db
from enforcement.adapters.tables.wall import require_wall
from routes import MOST_BYTES
from routes.asgi_to_wsgi import InThreads
from routes.headers import always
from routes.live import METHODS, Feed, live
from routes.openapi import FEED
from wsgi import app as wsgi_app
from wsgi import settings

THREADS = 32


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """The feed's reader runs as long as the process."""
    with wsgi_app.app_context():
        require_wall(db.engine)
        feed = Feed(db.engine, settings.clock)
    app.state.feed, app.state.headers = feed, always(settings.public_url)
    await feed.start()
    gc.freeze()  # what was loaded stays: a large answer need not look through all of it, again and again
    yield
    await feed.stop()


feed = Starlette(routes=[Route(FEED, live, methods=METHODS)], lifespan=lifespan)
pages_and_api = InThreads(wsgi_app, THREADS, MOST_BYTES)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """The feed waits on the event loop; whatever else is asked for is answered in a thread."""
    inner = pages_and_api if scope["type"] == "http" and scope["path"] != FEED else feed
    await inner(scope, receive, send)
