"""The settings of one installation: read once from the environment, checked together, then frozen.

Each setting is described where it is declared; the README's table is made from that.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

NEEDED_IN_PRODUCTION = ("DATABASE_URL", "PUBLIC_URL", "PUSH_SUBJECT")
FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class UnusableSettings(Exception):
    """Settings are missing or wrong: `faults` has a sentence for each, the message has them all."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("These settings need attention:\n" + "\n".join(f"  {fault}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is, in aware UTC: the real time, or that of a day being replayed.

    A simulated clock showed `start` at `origin` (unix seconds) and runs `speed` times as fast as ours,
    so every process that is given the same three agrees.
    """

    start: datetime | None = None
    speed: float = 1.0
    origin: float = 0.0

    def __call__(self) -> datetime:
        if self.start is None:
            return datetime.now(UTC)
        return self.start + timedelta(seconds=(time.time() - self.origin) * self.speed)


@dataclass(frozen=True, slots=True)
class TravelSetting:
    """Where walking times come from: `kind` is line, graph, osrm or valhalla; `where` a folder or a base URL."""

    kind: str = "line"
    where: str = ""


# How each kind of setting is read: a ValueError's words follow the setting's name in the message.


def read_choice(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in choices:
            raise ValueError(f"is {value!r}: say {' or '.join(choices)}")
        return value

    return read


def read_whole(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
            raise ValueError(f"is {value!r}: give a whole number from {least} to {most}")
        return int(value)

    return read


def read_number(value: str) -> float:
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,9})?", value) or float(value) == 0:
        raise ValueError(f"is {value!r}: give a number above 0")
    return float(value)


def read_flag(value: str) -> bool:
    if value.lower() not in FLAGS:
        raise ValueError(f"is {value!r}: say true or false")
    return FLAGS[value.lower()]


def read_database_url(value: str) -> str:
    wanted = "give postgresql+psycopg://user:password@host/database"
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):  # the value is not repeated: it may hold a password
        raise ValueError(f"is not a database URL: {wanted}") from None
    if url.get_backend_name() != "postgresql" or not url.database:
        raise ValueError(f"does not name a PostgreSQL database: {wanted}")
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def read_public_url(value: str) -> str:
    url = urlsplit(value)
    only_host = url.path in ("", "/") and not (url.query or url.fragment or "@" in url.netloc)
    if url.scheme not in ("http", "https") or not url.hostname or not only_host:
        raise ValueError(f"is {value!r}: give scheme and host only, as in https://patrol.example.org")
    return f"{url.scheme}://{url.netloc}"


def read_subject(value: str) -> str:
    if not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+", value):
        raise ValueError(f"is {value!r}: give an address that push services may write to, mailto:...")
    return value


def read_hosts(value: str) -> tuple[str, ...]:
    hosts = tuple(host.strip().lower() for host in value.split(",") if host.strip())
    label = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"
    for host in hosts:
        if not re.fullmatch(rf"(\*\.)?{label}(\.{label})+", host):
            raise ValueError(f"has {host!r}: give host names, such as push.example.org,*.example.net")
    return hosts


def read_private_key(value: str) -> str:
    pem = value.replace("\\n", "\n")
    if not pem.startswith(("-----BEGIN PRIVATE KEY-----\n", "-----BEGIN EC PRIVATE KEY-----\n")):
        raise ValueError("is not a private key in PEM: it starts with -----BEGIN PRIVATE KEY-----")
    return pem


def read_fernet_keys(value: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in value.split(","))
    if not all(re.fullmatch(r"[A-Za-z0-9_-]{43}=", key) for key in keys):
        raise ValueError("is not a Fernet key (32 bytes, base64url), or several with commas between")
    return keys


def read_folder(value: str) -> Path:
    return Path(value).expanduser().absolute()


def read_clock(value: str) -> Clock:
    if not value:
        return Clock()
    try:
        start, speed, origin = value.split("@")
        clock = Clock(datetime.fromisoformat(start), read_number(speed), read_number(origin))
    except ValueError:
        clock = Clock()
    if clock.start is None or clock.start.tzinfo is None:
        raise ValueError(f"is {value!r}: give start@speed@origin, as in 2016-11-08T00:00:00Z@120@1767225600")
    return Clock(clock.start.astimezone(UTC), clock.speed, clock.origin)


def read_travel(value: str) -> TravelSetting:
    kind, _, where = value.partition(":")
    if kind == "line" and not where:
        return TravelSetting()
    if kind == "graph" and where:
        return TravelSetting(kind, str(read_folder(where)))
    if kind in ("osrm", "valhalla"):
        url = urlsplit(where)
        plain = not (url.query or url.fragment or "@" in url.netloc)
        if url.scheme in ("http", "https") and url.hostname and plain:
            return TravelSetting(kind, where.rstrip("/"))
    raise ValueError(  # the value is not repeated: it may hold a password
        "is none of line, graph:/a/folder, osrm:https://a.host or valhalla:https://a.host (no query, no password)"
    )


def read_tiles(value: str) -> str:
    plain = re.fullmatch(r"https://[a-z0-9.-]+(:[0-9]{1,5})?/[^\s\"'<>\\^`|]*", value)
    if not plain or sorted(re.findall(r"\{[^{}]*\}?", value)) != ["{x}", "{y}", "{z}"]:
        raise ValueError(  # the value is not repeated: it may hold a service's key
            "is no address of raster tiles: give https://a.host/path with {z}, {x} and {y} in it, each once"
        )
    return value


def setting(
    name: str, read: Callable[[str], Any], default: str | None, what: str, *, secret: bool = False
) -> Any:
    """A field that is read from the variable `name`; `default` is written as the variable would be."""
    return field(
        default=None if default is None else read(default),
        repr=not secret,
        metadata={"name": name, "read": read, "default": default, "what": what},
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an installation may choose. A variable that is empty counts as not set."""

    environment: str = setting(
        "OPENPATROL_ENV",
        read_choice("production", "development"),
        "production",
        "`production`, or `development` on your own machine (`make run` says so by itself)",
    )
    database_url: str | None = setting(
        "DATABASE_URL",
        read_database_url,
        None,
        "PostgreSQL under the server's ordinary role, which row-level security binds. Needed in production; "
        "in development an embedded PostgreSQL runs in `INSTANCE_FOLDER` without it",
        secret=True,
    )
    database_owner_url: str | None = setting(
        "DATABASE_OWNER_URL",
        read_database_url,
        None,
        "The same database under the role that owns the tables; for migrations only",
        secret=True,
    )
    host: str = setting("HOST", str, "127.0.0.1", "Address to listen on")
    port: int = setting("PORT", read_whole(1, 65535), "8000", "Port to listen on")
    public_url: str = setting(
        "PUBLIC_URL",
        read_public_url,
        "http://localhost:8000",
        "Where people reach the server. Needed in production, with https; otherwise its port follows `PORT`",
    )
    trusted_proxies: int = setting(
        "TRUSTED_PROXIES", read_whole(0, 10), "0", "How many proxies of ours stand in front and are believed"
    )
    instance_folder: Path = setting(
        "INSTANCE_FOLDER", read_folder, "instance", "Where keys and embedded data are kept"
    )
    photos_folder: Path | None = setting(
        "PHOTOS_FOLDER",
        read_folder,
        None,
        "Where photos are kept, `photos` in `INSTANCE_FOLDER` if it says nothing; the same folder for every web "
        "process and worker",
    )
    vapid_private_key: str | None = setting(
        "VAPID_PRIVATE_KEY",
        read_private_key,
        None,
        "The key by which push services know us (P-256, PEM). Without it one is made and kept in "
        "`INSTANCE_FOLDER`. Phones must subscribe again when it changes",
        secret=True,
    )
    signing_private_key: str | None = setting(
        "SIGNING_PRIVATE_KEY",
        read_private_key,
        None,
        "The key that signs evidence packs and daily logs (Ed25519, PEM). Without it one is made and kept in "
        "`INSTANCE_FOLDER`. Keep its public half: files that were signed are checked with it",
        secret=True,
    )
    push_subject: str = setting(
        "PUSH_SUBJECT",
        read_subject,
        "mailto:openpatrol@example.org",
        "Whom push services write to about our messages. Needed in production",
    )
    push_extra_hosts: tuple[str, ...] = setting(
        "PUSH_EXTRA_HOSTS",
        read_hosts,
        "",
        "Push services to allow beside the known ones, with commas between",
    )
    push_allow_loopback: bool = setting(
        "PUSH_ALLOW_LOOPBACK",
        read_flag,
        "false",
        "Allow a push service on this machine; in development only",
    )
    readings_per_minute: int = setting(
        "READINGS_PER_MINUTE",
        read_whole(1, 999_999_999),
        "1200000",
        "Readings that one key may send to one web process; beyond it 429 and `Retry-After`",
    )
    writes_per_minute: int = setting(
        "WRITES_PER_MINUTE",
        read_whole(1, 999_999_999),
        "3000",
        "Other writes that one person or key may send to one web process; beyond it 429 and `Retry-After`",
    )
    secrets_key: tuple[str, ...] | None = setting(
        "SECRETS_KEY",
        read_fernet_keys,
        None,
        "The key that encrypts the access tokens of rights providers in the database (Fernet). Without it one "
        "is made and kept in `INSTANCE_FOLDER`. Of several, with commas between, the first encrypts and all decrypt",
        secret=True,
    )
    rights_allow_loopback: bool = setting(
        "RIGHTS_ALLOW_LOOPBACK",
        read_flag,
        "false",
        "Allow a provider of rights on this machine, by http too; in development only",
    )
    travel: TravelSetting = setting(
        "TRAVEL",
        read_travel,
        "line",
        "Where walking times come from: `line` (straight, × 1.3), `graph:/a/folder` with a walking graph, or "
        "a routing service, `osrm:https://a.host` or `valhalla:https://a.host`; "
        "see [docs/travel.md](docs/travel.md)",
    )
    map_tiles: str | None = setting(
        "MAP_TILES",
        read_tiles,
        None,
        "Raster tiles under the phones' map, `https://a.host/{z}/{x}/{y}.png`; without it the map is drawn from the "
        "council's own places alone; see [docs/phone.md](docs/phone.md)",
    )
    map_tiles_credit: str | None = setting(
        "MAP_TILES_CREDIT", str, None, "Whose map the tiles are, shown on it. Needed with `MAP_TILES`"
    )
    sweep_seconds: float = setting(
        "SWEEP_SECONDS", read_number, "0.03", "Seconds between a worker's looks for work that is due"
    )
    log_level: str = setting(
        "LOG_LEVEL", read_choice("DEBUG", "INFO", "WARNING", "ERROR"), "INFO", "How much is logged"
    )
    clock: Clock = setting(
        "OPENPATROL_CLOCK",
        read_clock,
        "",
        "A simulated clock for replays, `start@speed@origin`; in development only",
    )

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def tiles_origin(self) -> str | None:
        """From where pages may load tiles, beside our own."""
        if self.map_tiles is None:
            return None
        url = urlsplit(self.map_tiles)
        return f"{url.scheme}://{url.netloc}"

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> Self:
        """Reads and checks every setting. Raises UnusableSettings with all faults at once."""
        given = {each.metadata["name"]: env.get(each.metadata["name"], "").strip() for each in fields(cls)}
        values: dict[str, Any] = {}
        faults = []
        for each in fields(cls):
            name = each.metadata["name"]
            try:
                if given[name]:
                    values[each.name] = each.metadata["read"](given[name])
            except ValueError as fault:
                faults.append(f"{name} {fault}")
        settings = cls(**values)
        if not given["PUBLIC_URL"]:
            settings = replace(settings, public_url=f"http://localhost:{settings.port}")
        if settings.map_tiles and not settings.map_tiles_credit:
            faults.append("MAP_TILES_CREDIT is missing: whoever gives tiles wants to be named on the map")
        if settings.production:
            faults += production_faults(settings, given)
        if faults:
            raise UnusableSettings(faults)
        return settings


def production_faults(settings: Settings, given: Mapping[str, str]) -> list[str]:
    faults = [
        f"{name} is missing: production needs it (on your own machine, set OPENPATROL_ENV=development)"
        for name in NEEDED_IN_PRODUCTION
        if not given[name]
    ]
    if given["PUBLIC_URL"] and not settings.public_url.startswith("https:"):
        faults.append("PUBLIC_URL is not https: production needs it, or phones refuse push and position")
    if settings.push_allow_loopback:
        faults.append("PUSH_ALLOW_LOOPBACK is on: that is for development only")
    if settings.rights_allow_loopback:
        faults.append("RIGHTS_ALLOW_LOOPBACK is on: that is for development only")
    if settings.clock.start:
        faults.append("OPENPATROL_CLOCK is set: that is for development only")
    return faults


def settings_table() -> str:
    """The README's table of settings, in Markdown."""
    rows = ["| Setting | Default | What it is |", "|---|---|---|"]
    for each in fields(Settings):
        default = f"`{each.metadata['default']}`" if each.metadata["default"] else ""
        rows.append(f"| `{each.metadata['name']}` | {default} | {each.metadata['what']} |")
    return "\n".join(rows)
