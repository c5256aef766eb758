"""The public signing key."""

from marshmallow import Schema, fields


class SigningKeyOut(Schema):
    key = fields.String(metadata={"description": "the name by which a signature line calls it"})
    algorithm = fields.String()
    pem = fields.String()
