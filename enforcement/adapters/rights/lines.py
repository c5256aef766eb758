"""The lines of a process to providers outside: what is needed to call one, and the calling."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from ...domain.rights import Answer
from ..secret_box import CantOpen, SecretBox
from .addresses import ProviderAddresses
from .apds import ApdsProvider
from .desk import Desk, Reply
from .questions import Provider, Question, Unanswered


@dataclass(frozen=True, slots=True)
class Line:
    """How to reach a provider: `token` encrypted, `timeout` in seconds."""

    provider_id: UUID
    name: str
    base_url: str
    token: str = field(repr=False)
    timeout: float


class Lines:
    """What a process asks by; safe among threads."""

    def __init__(self, box: SecretBox, addresses: ProviderAddresses, desk: Desk) -> None:
        self.box, self.addresses, self._desk = box, addresses, desk

    def ask(self, calls: Sequence[tuple[Line, Question]], seconds: float) -> list[Reply]:
        """The reply of each, in order, within so many seconds. Hold no transaction meanwhile."""
        return self._desk.ask([(self._provider(line), question) for line, question in calls], seconds)

    def _provider(self, line: Line) -> Provider:
        try:
            token = self.box.open(line.token)
        except CantOpen:
            return _Closed(line.name)
        return ApdsProvider(line.name, line.base_url, token, self.addresses, line.timeout)


class _Closed:
    """A provider whose access token was encrypted with a key that is lost."""

    def __init__(self, name: str) -> None:
        self.name = name

    def ask(self, question: Question) -> Answer:
        raise Unanswered("has an access token that can't be decrypted: enter it again")

    def hang_up(self) -> None:
        """Nothing waits."""
