"""The key by which a person's phones lock up what is not sent yet: so that the next officer on a phone can't read it,
and the same one can, after signing in again."""

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from .. import journal
from ..adapters.secret_box import CantOpen, SecretBox
from ..adapters.tables import Person
from ..domain.refusals import Refusal

KEY_BYTES = 32


class VaultClosed(Refusal):
    """The key is there and can't be read: the server lacks the secret by which it was encrypted."""

    status, type, title = 503, "vault-closed", "Your key can't be opened"


def key_of(session: Session, person: Person, box: SecretBox, now: datetime) -> str:
    """The person's key (base64url of 32 random bytes), made at first asking. Raises VaultClosed.

    One that can't be opened is never replaced: what is locked up with it would be lost.
    """
    session.refresh(person, with_for_update=True)
    if person.vault is None:
        person.vault = box.close(secrets.token_urlsafe(KEY_BYTES))
        journal.record(session, "person.vault", person.id, at=now, officer_id=person.id)
    try:
        return box.open(person.vault)
    except CantOpen:
        words = (
            "Tell your administrator: the server's secrets key has changed. Nothing is lost on your phone."
        )
        raise VaultClosed(words) from None
