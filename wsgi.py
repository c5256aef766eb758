"""The web application, for any WSGI server; `flask` finds it by name."""

import os

from enforcement.config import Settings
from routes import create_app
from routes.commands import register
from routes.logs import configure

settings = Settings.from_environment(os.environ)
configure(settings.log_level)
app = create_app(settings)
register(app)
