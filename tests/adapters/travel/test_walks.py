"""A plan's walks: by the streets where they are known, in a straight line that says so where not."""

import pickle
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from enforcement.adapters.planner import PlannerProcess, PlanResult
from enforcement.adapters.travel import StraightLine
from enforcement.adapters.travel.walks import GraphFolder, Walks, opened, prepare, travel_of
from enforcement.config import TravelSetting
from enforcement.domain.dispatch import OfficerNow, TaskNow

from .streets import lay_out, place, places

NOW = datetime(2026, 6, 29, 10, 0, tzinfo=UTC)
CENTRE = frozenset({"centre"})
FAR = (100.0, 900.0)
PATIENT = 60.0  # seconds: however busy the machine is


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """From (0, 0) to (0, 100) it is 300 m by the streets."""
    return lay_out(
        tmp_path_factory.mktemp("streets"), [(0, 0), (100, 0), (100, 100), (0, 100)], [(0, 1), (1, 2), (2, 3)]
    )


@pytest.fixture(scope="module")
def planner(folder: Path) -> Iterator[PlannerProcess]:
    with PlannerProcess(PATIENT, partial(prepare, by_streets(folder))) as planner:
        assert any(ask(planner, folder, (0, 100)).by == "assignment" for _ in range(3))
        yield planner


def by_streets(folder: Path):
    return travel_of(TravelSetting("graph", str(folder)))


def steady(over, ahead):
    return 0.9 ** (ahead / 10)


def ask(planner: PlannerProcess, folder: Path, *bays: tuple[float, float]) -> PlanResult:
    officers = [OfficerNow(i, *place(0, 0), CENTRE, NOW, None) for i in range(len(bays))]
    tasks = [TaskNow(i, *place(*bay), CENTRE, 1.0, NOW, None, 15.0) for i, bay in enumerate(bays)]
    return planner.plan(officers, tasks, by_streets(folder)(), NOW, steady)


def test_without_a_word_walks_are_straight():
    assert travel_of(TravelSetting())() == StraightLine()


def test_the_planners_process_walks_by_the_streets(planner: PlannerProcess, folder: Path):
    result = ask(planner, folder, (0, 100))
    assert (result.walks, result.walks_fault) == ("graph", None)
    (proposal,) = result.proposals
    assert proposal.walk_metres == pytest.approx(300, abs=0.1)
    assert proposal.walk_seconds == pytest.approx(216, abs=0.1)
    assert "straight" not in proposal.reason


def test_a_bay_far_from_the_streets_is_walked_to_in_a_straight_line_and_only_its_offer_says_so(
    planner: PlannerProcess, folder: Path
):
    result = ask(planner, folder, (0, 100), FAR)
    assert result.walks == "graph"
    assert "far from the walking graph" in result.walks_fault
    told = {proposal.task: proposal for proposal in result.proposals}
    assert told[1].reason.endswith("; walk estimated in a straight line")
    assert "straight" not in told[0].reason
    line = StraightLine().metres(places((0, 0)), places(FAR))[0, 0]
    assert told[1].walk_metres == pytest.approx(line)


def test_one_plans_estimates_are_not_told_of_the_next(planner: PlannerProcess, folder: Path):
    assert ask(planner, folder, FAR).walks_fault
    assert ask(planner, folder, (0, 100)).walks_fault is None


def test_a_plan_is_sent_the_way_to_the_graph_not_the_graph(folder: Path):
    walks = Walks(GraphFolder(folder))
    walks.seconds(places((0, 0)), places(FAR))
    sent = pickle.dumps(walks)
    assert len(sent) < 1000
    assert pickle.loads(sent).fault is None


def test_the_graph_is_read_once_in_a_process(folder: Path):
    assert opened(GraphFolder(folder)) is opened(GraphFolder(Path(str(folder))))


def test_a_graph_that_is_gone_leaves_the_straight_line(tmp_path: Path):
    walks = Walks(GraphFolder(tmp_path / "gone"))
    here, there = places((0, 0), (5, 5)), places((100, 0), FAR)
    assert (walks.seconds(here, there) == StraightLine().seconds(here, there)).all()
    assert walks.fault == "the walking graph can't be read"
    assert walks.estimated(here, there).all()
