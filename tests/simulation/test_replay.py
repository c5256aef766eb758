"""A recorded day is replayed through a real server, and its account adds up."""

import os
from datetime import date, time

import psycopg
import pytest
from click.testing import CliRunner

from enforcement.simulation.recorded_day import BadRecording, read_area
from enforcement.simulation.replay import Wanted, replay
from routes.commands.replay import replay as command

DAY = date(2016, 11, 8)
NODES = "node,lat,lon\n0,-37.8160,144.9440\n1,-37.8160,144.9480\n"
OVERSTAYS = """day,bay,arr_min,vio_min,dep_min
20161108,A,300,400,415
20161108,B,300,400,1000
20161108,C,300,421,1000
20161108,D,400,422,426
20161108,E,400,424,1000
20161108,D,426,427,1000
20161108,F,400,430,1000
20161108,G,400,435,436
20161108,A,500,900,1000
20161107,A,400,430,440
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "nodes.csv").write_text(NODES)
    (tmp_path / "edges.csv").write_text("edge,u,v,length_m\n0,0,1,352\n")
    (tmp_path / "bays.csv").write_text("bay,edge\n" + "".join(f"{bay},0\n" for bay in "ABCDEFG"))
    (tmp_path / "overstays.csv").write_text(OVERSTAYS)
    return tmp_path


def test_a_part_of_a_day_is_replayed_and_adds_up(folder, database_server):
    said, before = [], _databases()
    wanted = Wanted(DAY, start=time(7), end=time(7, 25), speed=75, officers=2, durable=False)
    report = replay(read_area(folder), wanted, said.append)
    assert report.faults == []
    assert report.recorded == 9 == report.tasks + report.excluded.total()
    assert report.excluded["left before 07:00"] == report.excluded["began after 07:25"] == 1
    assert report.attended >= 1
    assert report.to_push.count >= 1
    assert any("readings posted" in line for line in said)
    assert _databases() == before


def _databases():
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"].replace("+psycopg", "")) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


def test_a_day_that_was_not_recorded_is_refused_with_those_that_were(folder):
    with pytest.raises(BadRecording, match="nothing was recorded on 20161109; there is 20161107, 20161108"):
        replay(read_area(folder), Wanted(date(2016, 11, 9)), print)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere", "--day", "20161108"], "nowhere: there is no such folder"),
        ([".", "--day", "8 November"], "'8 November' is no day: write it as 20161108"),
        ([".", "--day", "20161108", "--zone", "Melbourne"], "'Melbourne' is no time zone"),
        ([".", "--day", "20161108", "--from", "09:00", "--to", "08:00"], "--to must be later than --from"),
        ([".", "--day", "20161108", "--officers", "0"], "0 is not in the range"),
    ],
)
def test_a_replay_that_can_not_be_is_refused_in_words(arguments, words):
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code in (1, 2)
    assert words in result.output
