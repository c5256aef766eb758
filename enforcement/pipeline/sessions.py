"""Long work beside the line: many short transactions."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy.orm import Session

Sessions = Callable[[], AbstractContextManager[Session]]
"""Gives sessions that act for one authority; each commits at its end."""
