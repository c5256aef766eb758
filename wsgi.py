"""The web application, for any WSGI server; `flask` finds it by name."""

import os

from enforcement.config import Settings, UnusableSettings
from routes import create_app
from routes.commands import register
from routes.logs import configure

try:
    settings = Settings.from_environment(os.environ)
except UnusableSettings as fault:
    raise SystemExit(str(fault)) from None
configure(settings.log_level)
app = create_app(settings)
register(app)
