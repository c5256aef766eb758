"""Who may do what: people, their sign-ins, and the keys of machines."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Owned, db, refers


class Person(Owned, db.Model):
    """An administrator, supervisor or officer. Pace and step-free are private settings of the planner.

    `vault`: the key, itself encrypted, by which their phones lock up what is not sent yet. `language`: what they
    read, None where the phone decides.
    `failed_attempts` and `locked_until` are read no more: attempts are counted by address.
    """

    __tablename__ = "people"
    __table_args__ = (
        UniqueConstraint("authority_id", "email"),
        CheckConstraint("role IN ('administrator', 'supervisor', 'officer')", name="role"),
        CheckConstraint("email = lower(email)", name="email_lower"),
    )

    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str | None]
    pace: Mapped[float] = mapped_column(server_default=text("1.0"))
    failed_attempts: Mapped[int] = mapped_column(server_default=text("0"))
    locked_until: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    vault: Mapped[str | None]
    language: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class SignIn(Owned, db.Model):
    """A server-side session of a person: revocable, known to the browser by a secret that is kept hashed.

    `phone_id`: the phone's own word for itself, the same at its next sign-in.
    """

    __tablename__ = "sign_ins"
    __table_args__ = (UniqueConstraint("authority_id", "token_hash"), refers("person_id", "people"))

    person_id: Mapped[UUID]
    token_hash: Mapped[str]
    device: Mapped[str]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    phone_id: Mapped[UUID | None]


class LostPhone(Owned, db.Model):
    """A phone that was signed out as lost, by its own id, until a supervisor says that it was found."""

    __tablename__ = "lost_phones"
    __table_args__ = (refers("person_id", "people"),)

    person_id: Mapped[UUID]
    lost_at: Mapped[datetime]
    lost_by: Mapped[UUID]


class ResetLink(Owned, db.Model):
    """A link by which an administrator lets someone choose a password: once, and for a day."""

    __tablename__ = "reset_links"
    __table_args__ = (UniqueConstraint("authority_id", "token_hash"), refers("person_id", "people"))

    person_id: Mapped[UUID]
    token_hash: Mapped[str]
    made_by: Mapped[UUID | None]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApiKey(Owned, db.Model):
    """A machine's key, kept hashed; `hint` is its first characters, for people to tell keys apart.

    `heard_at`: when readings last came by it, to a quarter of a minute. `quiet_at`: since when it is known that
    none come any more.
    """

    __tablename__ = "api_keys"
    __table_args__ = (UniqueConstraint("authority_id", "token_hash"),)

    name: Mapped[str]
    hint: Mapped[str]
    token_hash: Mapped[str]
    scopes: Mapped[list[str]]
    made_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    heard_at: Mapped[datetime | None]
    quiet_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
