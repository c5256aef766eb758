"""Walking along the streets of a council's own map."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enforcement.adapters.travel import StraightLine
from enforcement.adapters.travel.graph import NEAR_M, WalkingGraph
from enforcement.adapters.travel.graph_files import BadGraph, read_graph

from .streets import lay_out, places

SQUARE = [(0, 0), (100, 0), (100, 100), (0, 100)]
AROUND = [(0, 1), (1, 2), (2, 3)]  # three sides of it


def walked(graph: WalkingGraph, here: tuple[float, float], there: tuple[float, float]) -> float:
    return float(graph.metres(places(here), places(there))[0, 0])


@pytest.fixture
def square(tmp_path: Path) -> WalkingGraph:
    return WalkingGraph.read(lay_out(tmp_path, SQUARE, AROUND))


def test_the_walk_goes_around_what_stands_in_the_way(square: WalkingGraph):
    assert walked(square, (0, 0), (0, 100)) == pytest.approx(300, abs=0.1)


def test_it_begins_and_ends_in_the_middle_of_streets(square: WalkingGraph):
    assert walked(square, (40, 0), (100, 30)) == pytest.approx(60 + 30, abs=0.1)
    assert walked(square, (40, 0), (40, 100)) == pytest.approx(60 + 100 + 60, abs=0.1)


def test_along_one_street_nobody_walks_to_its_end_and_back(square: WalkingGraph):
    assert walked(square, (20, 0), (70, 0)) == pytest.approx(50, abs=0.1)
    assert walked(square, (70, 0), (20, 0)) == pytest.approx(50, abs=0.1)


def test_the_walk_to_and_from_the_streets_counts(square: WalkingGraph):
    assert walked(square, (40, -25), (130, 50)) == pytest.approx(25 + 60 + 50 + 30, abs=0.1)


def test_five_kilometres_take_an_hour(square: WalkingGraph):
    tables = square.tables(places((0, 0)), places((0, 100), (100, 0)))
    assert tables.seconds == pytest.approx(tables.metres * 3.6 / 5)


def test_the_length_that_the_file_gives_counts_not_how_far_it_looks(tmp_path: Path):
    graph = WalkingGraph.read(lay_out(tmp_path, [(0, 0), (100, 0)], [(0, 1, 180.0)]))
    assert walked(graph, (0, 0), (100, 0)) == pytest.approx(180, abs=0.1)
    assert walked(graph, (50, 0), (100, 0)) == pytest.approx(90, abs=0.1)


def test_of_two_ways_between_two_corners_the_shorter_is_walked(tmp_path: Path):
    graph = WalkingGraph.read(
        lay_out(tmp_path, [(0, 0), (100, 0)], [(0, 1, 180.0), (0, 1, 120.0), (0, 1, 150.0)])
    )
    assert walked(graph, (0, 0), (100, 0)) == pytest.approx(120, abs=0.1)


def test_a_one_way_path_is_walked_one_way_only(tmp_path: Path):
    graph = WalkingGraph.read(lay_out(tmp_path, SQUARE, AROUND, one_way=[(0, 3)]))
    assert walked(graph, (0, 20), (0, 70)) == pytest.approx(50, abs=0.1)
    assert walked(graph, (0, 70), (0, 20)) == pytest.approx(30 + 300 + 20, abs=0.1)
    assert walked(graph, (0, 0), (0, 100)) == pytest.approx(100, abs=0.1)


def test_a_place_far_from_every_street_is_not_on_the_graph(square: WalkingGraph):
    near, far = (50.0, -NEAR_M + 1), (50.0, -NEAR_M - 1)
    assert np.isfinite(walked(square, near, (0, 0)))
    tables = square.tables(places((0, 0), far), places((100, 0), far))
    assert tables.known.tolist() == [[True, False], [False, False]]
    assert np.isinf(tables.metres[~tables.known]).all()
    assert "far from the walking graph" in tables.fault


def test_across_a_river_without_a_bridge_there_is_no_way(tmp_path: Path):
    river = [(0, 0), (100, 0), (200, 0), (0, 5_000), (100, 5_000)]
    graph = WalkingGraph.read(lay_out(tmp_path, river, [(0, 1), (1, 2), (3, 4)]))
    assert graph.pieces == [3, 2]
    assert walked(graph, (0, 0), (100, 5_000)) == np.inf
    assert walked(graph, (0, 5_000), (100, 5_000)) == pytest.approx(100, abs=0.1)


def test_a_stray_path_in_a_courtyard_does_not_cut_a_bay_off(tmp_path: Path):
    courtyard = [*SQUARE, (50, 40), (60, 40)]
    graph = WalkingGraph.read(lay_out(tmp_path, courtyard, [*AROUND, (4, 5)]))
    assert walked(graph, (50, 41), (100, 0)) < 150


def test_nobody_anywhere_is_an_empty_table(square: WalkingGraph):
    assert square.metres(places(), places((0, 0))).shape == (0, 1)
    assert square.metres(places((0, 0)), places()).shape == (1, 0)


def test_what_was_walked_before_is_remembered_and_no_more_than_there_is_room_for(square: WalkingGraph):
    first = square.metres(places((10, 0)), places((0, 90)))
    assert set(square._kept) == {0, 1}
    square._most_kept = 3
    square.metres(places((90, 100)), places((0, 0)))
    assert len(square._kept) == 3
    assert 0 not in square._kept, "what was used longest ago goes first"
    assert (square.metres(places((10, 0)), places((0, 90))) == first).all()


def test_what_there_was_no_time_for_is_not_told_by_half_and_known_the_next_time(square: WalkingGraph):
    here, there = places((10, 0), (100, 20)), places((0, 90))
    square.metres(here[:1], there)
    square._kept.popitem()  # one end of the first officer's street is still known
    told = square.tables(here, there, until=0.0)
    assert not told.known.any()
    assert np.isinf(told.metres).all()
    assert "no time" in told.fault
    assert square.tables(here, there).known.all()
    assert square.tables(here, there, until=0.0).known.all()


CITY = st.tuples(st.integers(-400, 400), st.integers(-400, 400))


@st.composite
def cities(draw: st.DrawFn) -> tuple[list[tuple[int, int]], list[tuple[int, int, float]]]:
    """Corners, and one-way walks between them that are as long as they look or longer."""
    nodes = draw(st.lists(CITY, min_size=2, max_size=8, unique=True))
    corner = st.integers(0, len(nodes) - 1)
    walks = draw(st.lists(st.tuples(corner, corner, st.floats(1, 3)), min_size=1, max_size=16))
    straight = [float(np.hypot(*np.subtract(nodes[u], nodes[v]))) for u, v, _ in walks]
    return nodes, [(u, v, max(s * longer, 1.0)) for (u, v, longer), s in zip(walks, straight, strict=True)]


any_city = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def graph_of(folder: Path, nodes, one_way=(), both_ways=()) -> WalkingGraph:
    return WalkingGraph(read_graph(lay_out(folder, nodes, both_ways, one_way)))


@any_city
@given(
    city=cities(), here=st.lists(CITY, min_size=1, max_size=5), there=st.lists(CITY, min_size=1, max_size=5)
)
def test_no_walk_is_shorter_than_the_straight_line_and_none_is_not_a_number(
    tmp_path: Path, city, here, there
):
    nodes, walks = city
    graph = graph_of(tmp_path, nodes, one_way=walks)
    metres = graph.metres(places(*here), places(*there))
    straight = StraightLine(factor=1.0).metres(places(*here), places(*there))
    assert not np.isnan(metres).any()
    assert (metres >= straight * 0.999 - 0.1).all()


@any_city
@given(city=cities())
def test_a_detour_by_a_third_corner_is_never_shorter(tmp_path: Path, city):
    nodes, walks = city
    d = graph_of(tmp_path, nodes, one_way=walks).metres(places(*nodes), places(*nodes))
    by_a_third = (d[:, :, None] + d[None, :, :]).min(axis=1)
    assert (d <= by_a_third + 0.1).all()


@any_city
@given(
    city=cities(), here=st.lists(CITY, min_size=1, max_size=5), there=st.lists(CITY, min_size=1, max_size=5)
)
def test_where_every_street_goes_both_ways_the_way_back_is_as_long(tmp_path: Path, city, here, there):
    nodes, walks = city
    graph = graph_of(tmp_path, nodes, both_ways=walks)
    one, other = places(*here), places(*there)
    assert graph.metres(one, other) == pytest.approx(graph.metres(other, one).T, abs=0.1)


# Files that can't be used


def refused(folder: Path) -> str:
    with pytest.raises(BadGraph) as fault:
        WalkingGraph.read(folder)
    return str(fault.value)


@pytest.mark.parametrize(
    ("file", "line", "text", "told"),
    [
        ("nodes.csv", 1, "node,lat", "no column lon"),
        ("nodes.csv", 3, "1,ninety,0", "lat is 'ninety': a number from -90 to 90 is needed"),
        ("nodes.csv", 3, "1,nan,0", "lat is 'nan'"),
        ("nodes.csv", 3, "1,91,0", "lat is '91'"),
        ("nodes.csv", 3, "0,51.5,0", "node 0 is there twice"),
        ("nodes.csv", 3, ",51.5,0", "node is empty"),
        ("nodes.csv", 3, "1,51.5", "has 2 columns: 3 are needed"),
        ("edges.csv", 1, "edge,u,v", "no column length_m"),
        ("edges.csv", 4, "2,1,17,100", "v is node '17', which nodes.csv does not have"),
        ("edges.csv", 4, "2,1,2,0", "length_m is '0': a number above 0 is needed"),
        ("edges.csv", 4, "2,1,2,-5", "length_m is '-5'"),
        ("edges.csv", 4, "2,1,2,inf", "length_m is 'inf'"),
        ("edges.csv", 4, "2,1,2,long", "length_m is 'long'"),
        ("edges.csv", 4, "2,1,2,12", "length_m is 12, but its nodes are 100 m apart"),
    ],
)
def test_a_fault_names_its_file_and_line(tmp_path: Path, file: str, line: int, text: str, told: str):
    lay_out(tmp_path, SQUARE, AROUND)
    lines = (tmp_path / file).read_text().splitlines()
    lines[line - 1] = text
    (tmp_path / file).write_text("\n".join(lines))
    assert f"{file}, line {line}: {told}" in refused(tmp_path)


@pytest.mark.parametrize("file", ["nodes.csv", "edges.csv"])
def test_an_empty_file_or_none_at_all_is_told(tmp_path: Path, file: str):
    lay_out(tmp_path, SQUARE, AROUND)
    head = (tmp_path / file).read_text().splitlines()[0]
    for text, told in (("", "line 1: no column"), (head + "\n", "line 1: nothing follows")):
        (tmp_path / file).write_text(text)
        assert f"{file}, {told}" in refused(tmp_path)
    (tmp_path / file).unlink()
    assert file in refused(tmp_path)
    assert "there is no such folder" in refused(tmp_path / "elsewhere")


def test_a_file_that_is_no_text_is_told(tmp_path: Path):
    (lay_out(tmp_path, SQUARE, AROUND) / "nodes.csv").write_bytes(b"node,lat,lon\n\xff\xfe\x00")
    assert "nodes.csv" in refused(tmp_path)


def test_a_graph_all_in_pieces_is_refused_with_their_sizes(tmp_path: Path):
    crumbs = [(east * 100, 0) for east in range(7)]
    told = refused(lay_out(tmp_path, crumbs, [(0, 1), (1, 2), (3, 4), (5, 6)]))
    assert "edges.csv: the graph is in 3 pieces, of 3, 2, 2 nodes" in told
