"""Who may come in: people, their sign-ins, and the keys of machines."""

from .accounts import ROLES, change_person, choose_password, create_person, find_person, make_reset_link
from .authorities import authority_named, change_authority, create_authority
from .keys import SCOPES, KeyInHand, check_keys, create_key, key_of, remembered_key, revoke_key
from .sign_ins import SESSION_LASTS, NotSignedIn, end_sign_in, sign_in, sign_out, signed_in
from .tokens import hash_of

__all__ = [
    "ROLES",
    "SCOPES",
    "SESSION_LASTS",
    "KeyInHand",
    "NotSignedIn",
    "authority_named",
    "change_authority",
    "change_person",
    "check_keys",
    "choose_password",
    "create_authority",
    "create_key",
    "create_person",
    "end_sign_in",
    "find_person",
    "hash_of",
    "key_of",
    "make_reset_link",
    "remembered_key",
    "revoke_key",
    "sign_in",
    "sign_out",
    "signed_in",
]  # fmt: skip
