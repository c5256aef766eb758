"""Providers of rights: who is asked whether a car is covered.

A provider answers a `Question` or raises `Unanswered`; `desk.Desk` asks several at once, within a time, and
turns every fault into `unknown` with a reason.
"""

from .questions import Provider, Question, Unanswered

__all__ = ["Provider", "Question", "Unanswered"]
