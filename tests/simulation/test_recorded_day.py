"""Reading a recorded area: what is wrong is named with its file and line."""

from datetime import date

import pytest

from enforcement.simulation.recorded_day import BadRecording, read_area

FILES = {
    "nodes.csv": "node,lat,lon\n0,-37.81,144.94\n1,-37.81,144.943\n",
    "edges.csv": "edge,u,v,length_m\n0,0,1,263.7\n1,1,0,263.7\n",
    "bays.csv": "bay,edge\nA1,0\nA2,0\nB1,1\n",
    "overstays.csv": "day,bay,arr_min,vio_min,dep_min\n"
    "20161108,A2,400,480,500\n20161108,A1,400,430,475\n20161109,B1,0,1,2\n",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def spoil(folder, name, text):
    (folder / name).write_text(text)
    with pytest.raises(BadRecording) as fault:
        read_area(folder)
    return str(fault.value)


def test_the_bays_of_an_edge_stand_between_its_nodes_in_the_order_of_the_file(folder):
    area = read_area(folder)
    assert [area.places[bay].lon for bay in ("A1", "A2", "B1")] == pytest.approx([144.941, 144.942, 144.9415])


def test_a_day_has_its_overstays_in_the_order_in_which_they_began(folder):
    area = read_area(folder)
    assert [each.bay for each in area.on(date(2016, 11, 8))] == ["A1", "A2"]
    assert area.days == [date(2016, 11, 8), date(2016, 11, 9)]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadRecording, match="nowhere: there is no such folder"):
        read_area(tmp_path / "nowhere")


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(BadRecording, match=name):
        read_area(folder)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("nodes.csv", "node,lat\n0,1\n", "nodes.csv, line 1: no column lon"),
        ("nodes.csv", "node,lat,lon\n0,144.9,-37.8\n", "nodes.csv, line 2: lat is '144.9'"),
        ("nodes.csv", "node,lat,lon\n0,1,1\n0,1,1\n", "nodes.csv, line 3: node 0 is there twice"),
        ("nodes.csv", "node,lat,lon\n0,nan,1\n", "nodes.csv, line 2: lat is 'nan'"),
        ("edges.csv", "edge,u,v,length_m\n0,0,7,1\n", "edges.csv, line 2: v is node 7"),
        ("edges.csv", "edge,u,v,length_m\n0,0,1,-1\n", "edges.csv, line 2: length_m"),
        ("bays.csv", "bay,edge\nA1,0\nA2,9\n", "bays.csv, line 3: bay A2 is on edge 9"),
        ("bays.csv", "bay,edge\n,0\n", "bays.csv, line 2: bay is empty"),
        ("bays.csv", "", "bays.csv, line 1: no column bay, edge"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(folder, name, text, words):
    assert words in spoil(folder, name, text)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("20161108,A1,400,430,430", "line 2: dep_min 430 is not after vio_min 430"),
        ("20161108,A1,440,430,475", "line 2: vio_min 430 is before arr_min 440"),
        ("20161108,Z9,400,430,475", "line 2: bay Z9 is not in bays.csv"),
        ("2016-11-08,A1,400,430,475", "line 2: day is '2016-11-08'"),
        ("20161108,A1,400,early,475", "line 2: vio_min is 'early'"),
        ("20161108,A1,400,430", "line 2: dep_min is empty"),
        ("20161108,A1,400,430,99999", "line 2: dep_min is '99999'"),
    ],
)
def test_an_overstay_that_can_not_be_is_named_with_its_line(folder, row, words):
    assert words in spoil(folder, "overstays.csv", f"day,bay,arr_min,vio_min,dep_min\n{row}\n")


def test_a_file_that_is_not_text_is_named(folder):
    (folder / "bays.csv").write_bytes(b"bay,edge\n\xff\xfe,0\n")
    with pytest.raises(BadRecording, match=r"bays\.csv"):
        read_area(folder)


@pytest.mark.parametrize(
    ("area", "bays", "overstays"), [("docklands", 527, 7369), ("queensberry", 649, 1501)]
)
def test_the_melbourne_recordings_are_read(recorded_days, area, bays, overstays):
    recorded = read_area(recorded_days / area)
    assert (len(recorded.bays), len(recorded.overstays), len(recorded.days)) == (bays, overstays, 14)
    assert len(recorded.places) == bays
