"""How long a walk takes: in a straight line, along a walking graph, or as a routing service says.

`walks.travel_of` gives what the settings ask for. Where a graph or a service has no answer, the straight
line stands in and says so.
"""

from .line import StraightLine

__all__ = ["StraightLine"]
