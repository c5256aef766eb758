"""That the benchmarks still run, at sizes too small to mean anything: nothing here judges speed."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from math import isfinite
from pathlib import Path

import pytest
from click.testing import CliRunner

from enforcement.adapters.embedded import EmbeddedPostgres

from . import days, harness
from .__main__ import bench
from .harness import Failed, Figure, Target, at_least, at_most

ROOT = Path(__file__).parents[2]
LONG = {
    "bays-1k-to-1m",
    "replay-day",
    "phone-lighthouse-performance",
    "phone-shift-requests",
}  # a minute each even so; THOROUGH runs them
SMALL = [case for case in harness.CASES if os.environ.get("THOROUGH") or LONG.isdisjoint(case.names)]
NAMES = [" ".join(case.names) for case in SMALL]


@pytest.mark.parametrize("case", SMALL, ids=NAMES)
def test_every_case_comes_to_its_figures(
    case: harness.Case, postgres: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    if case.names == ("replay-day",) and not days.AREAS.is_dir():
        pytest.skip("the recorded days are not here")
    postgres.ensure_database("benchmarks")
    monkeypatch.setenv("DATABASE_URL", postgres.app_url("benchmarks"))
    monkeypatch.setenv("DATABASE_OWNER_URL", postgres.owner_url("benchmarks"))
    figures = list(case.figures(lambda line: None, **case.tiny))
    assert [figure.why for figure in figures if isinstance(figure, Failed)] == []
    assert [figure.name for figure in figures] == list(case.names)
    measured = [figure for figure in figures if isinstance(figure, Figure)]
    assert all(isfinite(figure.value) for figure in measured)
    assert all(figure.value >= 0 for figure in measured if figure.unit != "%")  # one may be behind another


@pytest.mark.parametrize(
    ("target", "value", "limit", "met"),
    [
        (at_least(100), 100, None, True),
        (at_least(100), 99, None, False),
        (at_most(100), 100, None, True),
        (at_most(100), 101, None, False),
        (at_least(100, of_limit=1 / 3), 200, 500, True),
        (at_least(100, of_limit=1 / 3), 200, 700, False),
    ],
)
def test_a_figure_is_met_or_missed_by_its_target(
    target: Target, value: float, limit: float | None, met: bool
) -> None:
    assert Figure("a", value, "1/s", limit, target).met is met


def test_a_case_that_fails_is_reported_with_its_reason_and_what_it_came_to_stands() -> None:
    def run(tell: harness.Tell) -> harness.Figures:
        yield Figure("first", 1.0, "s", 0.5, at_most(2))
        raise RuntimeError("no more water")

    first, second = harness.Case(("first", "second"), run, {}).figures(lambda line: None)
    assert first.as_json() == {
        "name": "first", "value": 1.0, "unit": "s", "limit": 0.5, "ratio": 2.0, "target": 2, "met": True,
        "beside": {},
    }  # fmt: skip
    assert (second.as_json()["met"], second.as_json()["why"]) == (False, "RuntimeError: no more water")
    table = harness.table([first, second])
    assert "| `first` | ≤ 2 s | 1 s | 0.500 s | 2 | yes |" in table
    assert "failed: RuntimeError: no more water" in table


def test_what_a_figure_compares_with_is_told_beside_it_and_what_came_to_nothing_is_left_open() -> None:
    others = {"nearest-first": {"s": 0.5, "%": 60.0}, "a router": {"s": None, "%": None}}
    figure = Figure("plan", 30.0, "ms", None, None, others)
    assert figure.met is None
    assert "| `plan` |  | 30 ms |  |  |  |" in harness.table([figure])
    assert harness.beside(figure).splitlines() == [
        "| `plan` beside | s | % |",
        "|---|---|---|",
        "| nearest-first | 0.500 | 60 |",
        "| a router |  |  |",
    ]
    assert harness.beside(replace(figure, beside={})) == ""


def test_work_that_takes_too_long_is_given_up_and_the_next_is_done() -> None:
    assert harness.within(0.5, sum, range(10**9)) is None
    assert harness.within(60, abs, -1) == 1


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    answer = CliRunner().invoke(bench, ["--only", "parking"])
    assert answer.exit_code == 2
    assert all(name in answer.stderr for case in harness.CASES for name in case.names)


def test_one_figure_is_told_and_written_down_with_those_of_the_same_run(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.benchmarks", "--only", "plan-500x10k", "--tiny"]
    out = ["--out", str(tmp_path / "bench.json")]
    answer = subprocess.run([*command, *out], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert answer.returncode == 0, answer.stderr
    figure, value = json.loads((tmp_path / "bench.json").read_text())
    assert (figure["name"], value["name"]) == ("plan-500x10k", "plan-500x10k-value")
    assert list(figure) == ["name", "value", "unit", "limit", "ratio", "target", "met", "beside"]
    assert f"| `{figure['name']}` | ≤ 1 s |" in answer.stdout
