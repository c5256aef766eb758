"""Photos are files beside the database: a check finds what a disk or a copy has lost."""

import pytest

from enforcement.pipeline import photos

from .visits import Town


def test_a_check_reads_every_photo_and_names_those_that_are_not_as_they_came(
    town: Town, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(photos, "PAGE", 2)
    cases = [town.visit(str(number), "notice_served") for number in range(5)]
    sound = town.council.app.test_cli_runner().invoke(args=["check-photos"])
    assert sound.exit_code == 0, sound.output
    assert f"{town.council.slug}: 5 photos are as they came" in sound.output
    [gone] = town.photos.rglob(cases[1].file)
    [changed] = town.photos.rglob(cases[4].file)
    gone.unlink()
    changed.write_bytes(changed.read_bytes()[:-1] + b"x")
    told = town.council.app.test_cli_runner().invoke(args=["check-photos"])
    assert told.exit_code == 1
    for case in (cases[1], cases[4]):
        assert f"{case.file} is missing or changed" in told.output
    assert "3 photos are as they came" in told.output
    assert "2 photos are not as they came" in told.output
