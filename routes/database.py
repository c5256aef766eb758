"""The database session of this request."""

from sqlalchemy.orm import Session
from werkzeug.local import LocalProxy

from enforcement.adapters.tables import db

session: Session = LocalProxy(lambda: db.session())  # type: ignore[assignment]
