"""Who sends what to whom, in every test of web push."""

import socket
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric import ec

from enforcement.adapters.push import Message
from enforcement.adapters.push_endpoints import EndpointPolicy
from enforcement.adapters.push_keys import PushKeys
from enforcement.domain.notices import Urgency

NOW = datetime.now(UTC)  # push services compare tokens with their own clocks
KEYS = PushKeys(ec.generate_private_key(ec.SECP256R1()))
SUBJECT = "mailto:patrol@openpatrol.org.uk"
LOOPBACK = EndpointPolicy(allow_loopback=True)
PUBLIC = EndpointPolicy(resolve=lambda host, port: ["142.250.180.10"])
FCM = "https://fcm.googleapis.com/fcm/send/abc:def"
MESSAGE = Message({"notification": {"title": "Judd Street, bay 14"}}, 60, Urgency.HIGH, "task")


def no_name(host, port):
    raise socket.gaierror(-2, "Name or service not known")
