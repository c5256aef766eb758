"""A photo comes piece by piece, however often the way breaks off, and is kept when it is what the phone hashed."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from enforcement import pipeline
from enforcement.adapters.photos import PhotoFolder, PhotoName
from enforcement.adapters.tables import JournalRow, PhotoFile
from enforcement.domain.photos import MOST_BYTES, MOST_PIECE_BYTES, Piece

from ..builders import Officer, new_council
from ..pictures import hash_of, jpeg, pieces, with_gps
from .camera import fetched, look, path_of, send, send_piece
from .scenes import Town, accepted, at_once, count, rows
from .test_locks import running

PHOTO = jpeg(noise=True, width=200, height=150)
THIRD = len(PHOTO) // 3 + 1


@pytest.fixture
def folder(town: Town) -> Path:
    """Where this council's photos lie."""
    settings = town.app.extensions["openpatrol"].settings
    return settings.instance_folder / "photos" / str(town.id)


@pytest.fixture
def sighting(town: Town, officer: Officer) -> str:
    """The officer took a photo of the car at B1."""
    return look(town, officer, PHOTO)[1]


def files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file())


def test_a_photo_comes_in_pieces_and_a_supervisor_sees_it(town: Town, officer: Officer, sighting: str):
    for offset, piece in pieces(PHOTO, THIRD):
        assert fetched(town.supervisor, sighting, PHOTO) is None
        said = send_piece(officer, sighting, PHOTO, offset, piece)
        here = offset + len(piece)
        assert said == {"received": here, "size": len(PHOTO), "complete": here == len(PHOTO)}
    for caller in (town.supervisor, town.administrator, officer.phone):
        assert fetched(caller, sighting, PHOTO) == PHOTO


def test_after_a_break_the_phone_is_told_where_to_go_on(town: Town, officer: Officer, sighting: str):
    first, second, third = pieces(PHOTO, THIRD)
    send_piece(officer, sighting, PHOTO, *first)
    refused = send_piece(officer, sighting, PHOTO, *third, status=409)
    assert refused["received"] == THIRD
    send_piece(officer, sighting, PHOTO, refused["received"], second[1])
    between = send_piece(officer, sighting, PHOTO, THIRD - 7, PHOTO[THIRD - 7 : 2 * THIRD + 7], status=409)
    assert between["received"] == 2 * THIRD
    assert send_piece(officer, sighting, PHOTO, 0, b"") == {
        "received": 2 * THIRD, "size": len(PHOTO), "complete": False,
    }  # fmt: skip
    assert send_piece(officer, sighting, PHOTO, *third)["complete"]


def test_ten_times_the_same_piece_is_once(town: Town, officer: Officer, sighting: str):
    for _ in range(3):
        for offset, piece in pieces(PHOTO, THIRD):
            for _ in range(3):
                said = send_piece(officer, sighting, PHOTO, offset, piece)
    assert said == {"received": len(PHOTO), "size": len(PHOTO), "complete": True}
    with town.session() as session:
        [entry] = rows(session, JournalRow, JournalRow.kind == "photo.received")
        assert count(session, PhotoFile) == 1
    assert str(entry.subject_id) == sighting
    assert entry.facts.keys() == {"task_id"}


def test_pieces_that_come_at_once_make_one_photo(town: Town, officer: Officer, sighting: str):
    for offset, piece in pieces(PHOTO, THIRD):
        calls = [lambda o=offset, p=piece: send_piece(officer, sighting, PHOTO, o, p) for _ in range(4)]
        said = at_once(town.app, *calls)
        assert {each["received"] for each in said} == {offset + len(piece)}, said
    assert fetched(town.supervisor, sighting, PHOTO) == PHOTO
    with town.session() as session:
        assert (
            count(session, PhotoFile) == count(session, JournalRow, JournalRow.kind == "photo.received") == 1
        )


def test_the_phone_may_be_late(town: Town, officer: Officer):
    task, sighting = look(town, officer, PHOTO)
    officer.step(task, "outcome", outcome="notice_served")
    town.clock.set("18:30")
    step = {"id": str(uuid4()), "recorded_at": town.clock().isoformat()}
    officer.phone.post(f"/shifts/{officer.shift['id']}/end", step)
    assert send(officer, sighting, PHOTO)["complete"]


def test_what_is_not_what_the_phone_hashed_is_refused_and_begins_again(
    town: Town, officer: Officer, sighting: str, folder: Path
):
    changed = bytearray(PHOTO)
    changed[-20] ^= 1
    first, *others, last = pieces(bytes(changed), THIRD)
    for piece in (first, *others):
        send_piece(officer, sighting, PHOTO, *piece)
    refused = send_piece(officer, sighting, PHOTO, *last, status=422)
    assert "SHA-256" in refused["detail"]
    assert refused["received"] == 0
    assert files(folder) == []
    assert send(officer, sighting, PHOTO)["complete"]
    assert fetched(town.supervisor, sighting, PHOTO) == PHOTO


@pytest.mark.parametrize(
    ("photo", "words"),
    [
        (with_gps(), "EXIF"),
        (jpeg(comment=b"Mr Smith"), "comment"),
        (b"MZ this is no picture", "no JPEG"),
        (jpeg(width=6000, height=4001), "6000 × 4001"),
    ],
)
def test_what_is_no_picture_or_tells_more_than_one_is_refused_in_words(
    town: Town, officer: Officer, folder: Path, photo: bytes, words: str
):
    _, sighting = look(town, officer, photo)
    for _ in range(2):
        refused = send(officer, sighting, photo, 422)
        assert words in refused["detail"]
        assert refused["received"] == 0
    assert files(folder) == []
    assert fetched(town.supervisor, sighting, photo) is None


def test_only_the_officer_who_took_it_sends_it_and_sees_it(town: Town, officer: Officer, sighting: str):
    other, there = town.on_duty(town.centre, name="Ann"), Town(new_council(town.app, town.clock))
    stranger = there.on_duty(there.centre)
    send(other, sighting, PHOTO, 403)
    send(stranger, sighting, PHOTO, 404)
    send(officer, sighting, PHOTO)
    where = path_of(sighting, hash_of(PHOTO))
    assert other.phone.call("GET", where).status_code == 403
    for caller in (stranger.phone, there.supervisor):
        assert caller.call("GET", where).status_code == 404
    assert town.supervisor.call("PUT", f"{where}?offset=0&size=1", data=b"x").status_code == 403


def test_what_was_not_recorded_with_the_sighting_is_not_there(town: Town, officer: Officer, sighting: str):
    send(officer, sighting, jpeg(2), 404)
    send(officer, str(uuid4()), PHOTO, 404)
    for name in ("../" * 21 + "x", "A" * 64, "%00" * 64, "..%2f" * 12 + "etc/pass"):
        where = path_of(sighting, name)
        answer = officer.phone.call("PUT", f"{where}?offset=0&size=1", data=b"x")
        assert answer.status_code in (404, 405), name


def test_there_is_a_limit_to_a_piece_and_to_a_photo(town: Town, officer: Officer, sighting: str):
    send_piece(officer, sighting, PHOTO, 0, b"x" * (MOST_PIECE_BYTES + 1), 413, size=MOST_BYTES)
    for offset, size in ((0, MOST_BYTES + 1), (0, 0), (-1, 9), (0, "all"), (MOST_BYTES + 1, MOST_BYTES)):
        send_piece(officer, sighting, PHOTO, offset, b"x", 422, size)
    [wrong] = send_piece(officer, sighting, PHOTO, 0, b"four", 422, size=3)["errors"]
    assert wrong["pointer"] == "/offset"
    assert send_piece(officer, sighting, PHOTO, 0, b"x" * MOST_PIECE_BYTES, size=MOST_BYTES)


def test_a_photo_is_for_the_servers_user_only_and_is_not_kept_on_the_way(
    town: Town, officer: Officer, sighting: str, folder: Path
):
    send(officer, sighting, PHOTO)
    [file] = files(folder)
    assert file.name == f"{sighting}-{hash_of(PHOTO)}.jpg"
    assert file.stat().st_mode & 0o777 == 0o600
    assert {each.stat().st_mode & 0o777 for each in (file.parent, folder)} == {0o700}
    headers = town.supervisor.call("GET", path_of(sighting, hash_of(PHOTO))).headers
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_process_that_dies_before_its_commit_has_promised_nothing_and_loses_nothing(
    town: Town, officer: Officer, sighting: str, folder: Path
):
    with town.session() as session:
        received(session, PhotoFolder(folder.parent), town, sighting)
        session.rollback()
    assert fetched(town.supervisor, sighting, PHOTO) is None
    assert send_piece(officer, sighting, PHOTO, len(PHOTO), b"", 409)["received"] == 0
    assert send(officer, sighting, PHOTO)["complete"]
    assert len(files(folder)) == 1


def test_the_nights_work_leaves_a_photo_that_is_being_completed(
    town: Town, officer: Officer, sighting: str, folder: Path
):
    photos = PhotoFolder(folder.parent)
    with town.session() as session:
        received(session, photos, town, sighting)
        sweeps = partial(pipeline.photos.sweep, partial(committing, town), photos)
        with running(town, session, sweeps) as swept:
            session.commit()
            assert swept.result() == 0
    assert fetched(town.supervisor, sighting, PHOTO) == PHOTO


def received(session: Session, photos: PhotoFolder, town: Town, sighting: str) -> None:
    """All of the photo came; nothing is committed yet."""
    photo = pipeline.photos.recorded(session, UUID(sighting), hash_of(PHOTO))
    pipeline.photos.receive(
        session, photos, photo, photo.officer_id, Piece(0, len(PHOTO), PHOTO), town.clock()
    )


@contextmanager
def committing(town: Town) -> Iterator[Session]:
    with town.session() as session:
        yield session
        session.commit()


def test_all_bytes_were_here_when_the_process_died(town: Town, officer: Officer, sighting: str, folder: Path):
    name = PhotoName(town.id, UUID(sighting), hash_of(PHOTO))
    PhotoFolder(folder.parent).add(name, 0, PHOTO)
    assert send_piece(officer, sighting, PHOTO, 0, b"")["complete"]
    assert fetched(town.supervisor, sighting, PHOTO) == PHOTO


def test_a_disk_that_is_away_says_so_and_loses_nothing(
    town: Town, officer: Officer, sighting: str, folder: Path
):
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("in the way")
    answer = officer.phone.call("PUT", f"{path_of(sighting, hash_of(PHOTO))}?offset=0&size=9", data=b"x")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    folder.unlink()
    assert send(officer, sighting, PHOTO)["complete"]


def test_a_file_that_is_gone_is_not_there(town: Town, officer: Officer, sighting: str, folder: Path):
    send(officer, sighting, PHOTO)
    [file] = files(folder)
    file.unlink()
    assert fetched(town.supervisor, sighting, PHOTO) is None


def test_a_lost_phone_sends_no_more(town: Town, officer: Officer, sighting: str):
    town.administrator.patch(f"/people/{officer.id}", {"disabled": True})
    send(officer, sighting, PHOTO, 401)


def test_the_photos_of_a_look_that_was_kept_apart_are_not_dropped(town: Town, officer: Officer, folder: Path):
    task = accepted(town, officer)
    town.supervisor.post(f"/tasks/{task['id']}/withdraw", {"why": "A funeral"})
    town.clock.forward(minutes=40)
    sighting = str(uuid4())
    taken = {"sha256": hash_of(PHOTO), "taken_at": town.clock().isoformat()}
    officer.step(
        task, "sightings", 409, id=sighting, plate="AB12CDE", photos=[taken], recorded_at=taken["taken_at"]
    )
    other = town.on_duty(town.centre, name="Ann")
    send(other, sighting, PHOTO, 403)
    send(officer, sighting, jpeg(2), 404)
    assert send(officer, sighting, PHOTO)["complete"]
    assert fetched(town.supervisor, sighting, PHOTO) == PHOTO
    pipeline.photos.sweep(partial(committing, town), PhotoFolder(folder.parent))
    assert fetched(town.supervisor, sighting, PHOTO) == PHOTO
