"""The policies by name, in the order in which they are told."""

from collections.abc import Mapping

from .ant_colony import AntColony
from .ours import OpenPatrol
from .simple_policies import Blanket, Greedy, Nearest, Probability, ProbabilityPerMinute
from .view import Build

CLAIRVOYANT = "clairvoyant"  # not among them: it is given the truth

POLICIES: Mapping[str, Build] = {
    "blanket": Blanket,
    "nearest": Nearest,
    "greedy": Greedy,
    "probability": Probability,
    "probability-per-minute": ProbabilityPerMinute,
    "ant-colony": AntColony,
    "openpatrol": OpenPatrol,
}
NAMES = (*POLICIES, CLAIRVOYANT)
