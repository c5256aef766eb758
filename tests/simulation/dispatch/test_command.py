"""`flask bench dispatch`: what it writes down, and what it says of input that can't be measured."""

import json
from shutil import copytree

import jsonschema
import pytest
from click.testing import CliRunner

from enforcement.simulation.dispatch.bench import Wanted, measure
from enforcement.simulation.dispatch.policies import NAMES
from enforcement.simulation.dispatch.rules import LMU, UK
from routes.commands.bench import bench

from .towns import DAY, overstay, ring

WHOLE = {"type": "integer", "minimum": 0}
DAYS = {"type": "array", "items": {"type": "string", "pattern": r"^\d{8}$"}}
SCHEMA = {
    "type": "object",
    "required": ["area", "days", "fit_days", "profile", "rules", "seed", "runs"],
    "additionalProperties": False,
    "properties": {
        "area": {"type": "string"},
        "days": DAYS,
        "fit_days": DAYS,
        "profile": {"enum": ["lmu", "uk"]},
        "rules": {
            "type": "object",
            "required": ["service", "lost", "departures_shown", "rests", "ends_at_start"],
            "additionalProperties": {"type": ["integer", "number", "boolean"]},
        },
        "seed": {"type": "integer"},
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


def test_what_was_varied_is_written_beside_it(folder, tmp_path):
    written = tmp_path / "out.json"
    words = (
        "--profile",
        "uk",
        "--service-minutes",
        "3",
        "--hidden-departures",
        "--lost",
        "0.02",
        "--seed",
        "7",
    )
    assert run(folder, "--policies", "nearest", "--json", written, *words).exit_code == 0
    report = json.loads(written.read_text())
    assert (report["profile"], report["seed"]) == ("uk", 7)
    rules = report["rules"]
    assert (rules["service"], rules["departures_shown"], rules["lost"]) == (180, False, 0.02)


@pytest.mark.parametrize("option", ["--json", "--picture"])
def test_a_file_that_can_not_be_written_is_named_before_the_work_begins(folder, tmp_path, option):
    for path in (tmp_path / "nowhere" / "out", tmp_path):
        result = run(folder, option, path)
        assert result.exit_code == 2
        assert f"{path} can't be written" in result.output
        assert "officer" not in result.output


def test_a_file_is_not_touched_by_a_measurement_that_fails(folder, tmp_path):
    kept = tmp_path / "kept.json"
    kept.write_text("{}")
    new = tmp_path / "new.json"
    for path in (kept, new):
        assert run(folder, "--days", "20250101", "--json", path).exit_code == 1
    assert kept.read_text() == "{}"
    assert not new.exists()


def test_one_officer_is_not_several(folder):
    result = run(folder, "--policies", "nearest", "--officers", "1,2")
    assert "\n1 officer\n" in result.output
    assert "\n2 officers\n" in result.output
    assert "1 officers" not in result.output


def test_another_folder_is_learned_from_but_for_the_days_that_are_measured(folder, tmp_path):
    other = tmp_path / "other"
    copytree(folder, other)
    with (other / "overstays.csv").open("a") as file:
        file.write("20240105,A,400,430,500\n")
    result = run(folder, "--fit", other, "--days", "20240101", "--policies", "nearest")
    assert "learned from 2 days (2024-01-02 to 2024-01-05)" in result.output


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
        (
            "overstays.csv",
            "day,bay,arr_min,vio_min,dep_min\n20240101,A,440,430,450\n",
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


def attended(area, rules):
    report = measure(Wanted(area, "an area", [DAY], area, officers=(1, 2), rules=rules), lambda line: None)
    return {sum(run.attended) for run in report.runs}


@pytest.mark.parametrize("rules", [LMU, UK])
def test_a_day_without_work_is_walked_to_its_end_by_every_policy(rules):
    assert attended(ring(overstay("1", 1300, 1310)), rules) == {0}


@pytest.mark.parametrize("rules", [LMU, UK])
def test_a_day_on_which_nothing_can_be_reached_is_walked_to_its_end_by_every_policy(rules):
    far = ring(overstay("1", 430, 1100), overstay("3", 430, 1100), seconds=13 * 3600)
    assert attended(far, rules) == {0}
