"""The public half of the key that signs evidence packs and daily logs, so that anyone can check one."""

from flask import current_app

from .auth import open_to_all
from .bodies import Blueprint
from .schemas.signatures import SigningKeyOut

blueprint = Blueprint("signatures", __name__, description="Checking signed files")


@blueprint.get("/signing-key")
@open_to_all
@blueprint.response(200, SigningKeyOut)
def signing_key():
    """The key with which a signed file is checked: the file's last line names it."""
    public = current_app.extensions["openpatrol"].signing_key.public
    return {"key": public.name, "algorithm": "Ed25519", "pem": public.pem}
