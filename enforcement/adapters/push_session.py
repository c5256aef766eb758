"""The session behind pywebpush: to vetted push services only, and little of an answer is read."""

import io
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from .vetted_session import VettedSession

LARGEST_ANSWER = 4096  # bytes of an answer that we read


class PushSession(VettedSession):
    """Short answers, and no redirect."""

    def post(self, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        answer = super().post(url, *args, stream=True, allow_redirects=False, **kwargs)
        answer.raw, answer.encoding = io.BytesIO(_start_of(answer)), "utf-8"
        return answer


def _start_of(answer: requests.Response) -> bytes:
    """The first bytes of an answer; its status counts even if the rest never comes."""
    try:
        return bytes(answer.raw.read(LARGEST_ANSWER, decode_content=False))
    except (HTTPError, OSError):
        return b""
    finally:
        answer.close()  # keeps the connection if that was all of it
