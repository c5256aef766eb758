"""The benchmark as a whole: what a policy may learn, what is written down, and that a seed is enough."""

import json
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import jsonschema
import pytest
from click.testing import CliRunner

from enforcement.simulation.dispatch import policies
from enforcement.simulation.dispatch.bench import Wanted, measure
from enforcement.simulation.dispatch.city import city
from enforcement.simulation.dispatch.figures import Estimate, ahead_of
from enforcement.simulation.dispatch.past import past_without
from enforcement.simulation.dispatch.policies import NAMES
from enforcement.simulation.dispatch.rules import Rules
from enforcement.simulation.recorded_day import read_area
from routes.commands.bench import bench

from .towns import DAY, overstay, ring

LATER = DAY + timedelta(days=1)
WHOLE = {"type": "integer", "minimum": 0}
DAYS = {"type": "array", "items": {"type": "string", "pattern": r"^\d{8}$"}}
SCHEMA = {
    "type": "object",
    "required": ["area", "days", "fit_days", "runs"],
    "additionalProperties": False,
    "properties": {
        "area": {"type": "string"},
        "days": DAYS,
        "fit_days": DAYS,
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["policy", "officers", "attended", "present", "ms_per_decision"],
                "additionalProperties": False,
                "properties": {
                    "policy": {"enum": list(NAMES)},
                    "officers": {"type": "integer", "minimum": 1},
                    "attended": {"type": "array", "items": WHOLE},
                    "present": {"type": "array", "items": WHOLE},
                    "ms_per_decision": {"type": "number", "minimum": 0},
                },
            },
        },
    },
}


def quiet(line):
    """Nobody is told."""


def two_days():
    return ring(
        overstay("1", 430, 500),
        overstay("4", 431, 700),
        overstay("2", 425, 426),
        overstay("1", 450, 460, LATER),
    )


def busy_ring():
    """A day with more than one officer can attend."""
    random = Random(1)
    overs = [(str(random.randrange(12)), random.randrange(400, 1100)) for _ in range(150)]
    return ring(*(overstay(bay, over, over + random.randrange(2, 40)) for bay, over in overs), kerbs=12)


def wanted(area, days, **changes):
    return Wanted(area, "a ring", days, area, **changes)


def test_every_policy_walks_the_same_days():
    area = two_days()
    report = measure(wanted(area, [DAY], officers=(1, 2)), quiet)
    assert [(run.officers, run.policy) for run in report.runs] == [
        (k, name) for k in (1, 2) for name in NAMES
    ]
    assert {run.present for run in report.runs} == {(3,)}
    assert all(0 < run.attended[0] <= 3 for run in report.runs)


def test_a_policy_is_built_from_the_other_days_only(monkeypatch):
    seen = []

    class Curious(policies.POLICIES["nearest"]):
        def __init__(self, setting):
            seen.append(setting.past)
            super().__init__(setting)

    monkeypatch.setitem(policies.POLICIES, "nearest", Curious)
    report = measure(wanted(two_days(), [DAY], policies=("nearest",)), quiet)
    assert [each.day for each in seen[0].overstays] == [LATER]
    assert report.fit_days == (LATER,)


def test_days_of_another_folder_that_are_measured_are_not_learned_from():
    assert past_without(two_days(), {DAY, LATER}).overstays == ()


def test_no_policy_but_the_clairvoyant_is_touched_by_what_is_yet_to_happen():
    """The same day twice, once with another afternoon: the morning is the same."""
    area, noon = busy_ring(), 12 * 60
    other = [each for each in area.overstays if each.vio_min < noon]
    changed = [replace(each, dep_min=each.dep_min + 300) if each.dep_min > noon else each for each in other]
    blind = tuple(name for name in NAMES if name != "clairvoyant")
    mornings = [
        [[at for at in run.played[0].attended_at if at < noon * 60] for run in measure(each, quiet).runs]
        for each in (
            wanted(area, [DAY], policies=blind),
            wanted(replace(area, overstays=tuple(changed)), [DAY], policies=blind),
        )
    ]
    assert all(len(morning) > 20 for morning in mornings[0])
    assert mornings[0] == mornings[1]


def test_the_same_seed_gives_the_same_days():
    area = busy_ring()
    once, again = (measure(wanted(area, [DAY], rules=Rules(lost=0.2)), quiet) for _ in range(2))
    assert [run.played[0].attended_at for run in once.runs] == [
        run.played[0].attended_at for run in again.runs
    ]


def test_a_city_is_made_from_its_seed():
    assert city(seed=3, days=2) == city(seed=3, days=2)
    assert city(seed=4, days=2) != city(seed=3, days=2)


def test_a_day_of_the_city_does_not_depend_on_how_many_follow():
    first = date(2024, 1, 1)
    assert city(seed=1, days=1).on(first) == city(seed=1, days=2).on(first)


def test_the_clairvoyant_is_ahead_of_those_who_do_not_know():
    area = busy_ring()
    nearest, clairvoyant = measure(wanted(area, [DAY], policies=("nearest", "clairvoyant")), quiet).runs
    assert clairvoyant.attended > nearest.attended


def test_the_difference_is_taken_day_by_day():
    area = two_days()
    nearest, blanket = measure(wanted(area, [DAY, LATER], policies=("nearest", "blanket")), quiet).runs
    ahead = ahead_of(nearest, blanket)
    days = [ours - theirs for ours, theirs in zip(nearest.attended, blanket.attended, strict=True)]
    assert ahead == Estimate.of(days)
    assert Estimate.of([1, 3]) == Estimate(2, 1.0)


@pytest.fixture
def folder(tmp_path):
    """A ring of four kerbs with two days, as files."""
    (tmp_path / "nodes.csv").write_text("node,lat,lon\n0,0,0\n1,0,0.001\n2,0.001,0.001\n3,0.001,0\n")
    edges = "".join(f"{edge},{edge},{(edge + 1) % 4},100\n" for edge in range(4))
    (tmp_path / "edges.csv").write_text(f"edge,u,v,length_m\n{edges}")
    (tmp_path / "bays.csv").write_text("bay,edge\nA,0\nB,2\n")
    (tmp_path / "overstays.csv").write_text(
        "day,bay,arr_min,vio_min,dep_min\n20240101,A,400,430,500\n20240102,B,400,430,500\n"
    )
    return tmp_path


def run(*words):
    return CliRunner().invoke(bench, ["dispatch", *map(str, words)])


def test_the_command_writes_what_anyone_can_recompute(folder, tmp_path):
    written, drawn = tmp_path / "out.json", tmp_path / "out.svg"
    result = run(folder, "--days", "20240102", "--json", written, "--picture", drawn)
    assert result.exit_code == 0, result.output
    report = json.loads(written.read_text())
    jsonschema.validate(report, SCHEMA)
    assert (report["area"], report["days"], report["fit_days"]) == (folder.name, ["20240102"], ["20240101"])
    assert {run["policy"]: run["attended"] for run in report["runs"]} == {name: [1] for name in NAMES}
    assert drawn.read_text().startswith("<svg")
    assert "LMU rules" in result.output


def test_another_folder_to_learn_from_is_read(folder):
    result = run(folder, "--fit", folder, "--days", "20240101-20240102", "--policies", "nearest")
    assert "learned from no days" in result.output


def test_without_a_folder_there_is_a_city():
    result = run("--days", "20240101", "--policies", "nearest,greedy", "--profile", "uk")
    assert result.exit_code == 0, result.output
    assert "5 min of service, a break of 30 min, back at the start by the end" in result.output
    assert "pairs/day" in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--officers", "0"], "0 is not in the range"),
        (["--officers", "1,x"], "'x' is not a valid integer"),
        (["--policies", "nearest,best"], "'best' is not one of"),
        (["--days", "20240102-20240101"], "ends before it begins"),
        (["--days", "20250101"], "no overstays in these days"),
        (["--lost", "1.5"], "1.5 is not in the range"),
        (["--service-minutes", "-1"], "-1.0 is not in the range"),
    ],
)
def test_what_can_not_be_measured_is_said(folder, words, said):
    result = run(folder, *words)
    assert result.exit_code != 0
    assert said in result.output


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("bays.csv", "bay,edge\nA,0\nB,9\n", "bays.csv, line 3: bay B is on edge 9"),
        ("edges.csv", "edge,u,v\n0,0,1\n", "edges.csv, line 1: no column length_m"),
        ("edges.csv", "edge,u,v,length_m\n0,0,1,5\n1,1,0,5\n2,2,3,5\n3,3,2,5\n", "bays.csv, line 3"),
        (
            "overstays.csv",
            "day,bay,arr_min,vio_min,dep_min\n20240101,A,400,430,420\n",
            "overstays.csv, line 2",
        ),
        ("overstays.csv", "day,bay,arr_min,vio_min,dep_min\n", "overstays.csv: no overstays at all"),
    ],
)
def test_what_is_wrong_with_a_folder_is_said_with_file_and_line(folder, name, text, said):
    (folder / name).write_text(text)
    result = run(folder)
    assert result.exit_code == 1
    assert said in result.output


@pytest.mark.parametrize(
    ("area", "nearest", "greedy"),
    [("docklands", [277, 279], [244, 242]), ("queensberry", [101, 119], [96, 107])],
)
def test_the_melbourne_days_give_what_they_gave(recorded_days, area, nearest, greedy):
    recorded = read_area(recorded_days / area)
    report = measure(wanted(recorded, recorded.days[:2], policies=("nearest", "greedy")), quiet)
    assert [list(run.attended) for run in report.runs] == [nearest, greedy]
