"""How fast the line is: real processes, real HTTP, a durable PostgreSQL, real cryptography.

    make bench                        all figures, as a table and in bench.json
    make bench ONLY=push-sending      one of them

Each figure stands beside its limit: what this machine can do at best at the bare minimum of the same work, in
the same run. One file a subject; a case is a function that yields its figures (see `harness`).
"""

from . import days, desks, evenings, feed, ingest, line, lists, phones, plans, pushes

__all__ = ["days", "desks", "evenings", "feed", "ingest", "line", "lists", "phones", "plans", "pushes"]
