"""The application as it is served, with a live feed that looks after its clients often enough for tests.

granian --interface asgi tests.line.served:app
"""

from routes import live

live.PING_SECONDS = live.CHECK_SECONDS = 0.5

from asgi import app  # noqa: E402

__all__ = ["app"]
