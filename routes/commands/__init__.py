"""What is done from a terminal: `flask …`."""

from flask import Flask

from . import (
    accounts,
    backup,
    bench,
    dwell,
    files,
    photos,
    replay,
    retention,
    simulate,
    start,
    subject_access,
    verify,
    whatif,
    worker,
)


def register(app: Flask) -> None:
    """Add our commands to `flask`."""
    ours = (
        *accounts.COMMANDS,
        *backup.COMMANDS,
        bench.bench,
        dwell.dwell,
        files.import_file,
        photos.check_photos,
        start.start,
        worker.worker,
        retention.forget,
        replay.replay,
        simulate.simulate,
        subject_access.subject_access,
        verify.verify,
        whatif.whatif,
    )
    for command in ours:
        app.cli.add_command(command)
