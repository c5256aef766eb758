"""The settings: what is wrong is said all at once, before anything runs."""

import time
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from enforcement.config import Clock, Settings, TravelSetting, UnusableSettings, settings_table

ROOT = Path(__file__).parent.parent
PEM = "-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----"
PRODUCTION = {
    "DATABASE_URL": "postgresql://openpatrol:hunter2@db.internal/openpatrol",
    "PUBLIC_URL": "https://patrol.example.org",
    "PUSH_SUBJECT": "mailto:parking@example.org",
}


def development(**more: str) -> Settings:
    return Settings.from_environment({"OPENPATROL_ENV": "development", **more})


def faults_of(env: dict[str, str]) -> list[str]:
    with pytest.raises(UnusableSettings) as refused:
        Settings.from_environment(env)
    assert all(fault in str(refused.value) for fault in refused.value.faults)
    return refused.value.faults


def test_a_developer_needs_to_set_nothing_else() -> None:
    settings = development()
    assert settings.database_url is None
    assert settings.instance_folder == Path.cwd() / "instance"
    assert not settings.production


def test_without_a_word_it_is_production() -> None:
    assert Settings.from_environment(PRODUCTION).production


def test_production_names_everything_it_misses_at_once() -> None:
    assert [fault.split()[0] for fault in faults_of({})] == ["DATABASE_URL", "PUBLIC_URL", "PUSH_SUBJECT"]


def test_what_is_missing_and_what_is_wrong_are_named_together() -> None:
    env = {"PORT": "eighty", "PUSH_EXTRA_HOSTS": "https://push.example.org/", "SWEEP_SECONDS": "0"}
    named = {fault.split()[0] for fault in faults_of(env)}
    assert named == {
        "PORT", "PUSH_EXTRA_HOSTS", "SWEEP_SECONDS", "DATABASE_URL", "PUBLIC_URL", "PUSH_SUBJECT",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OPENPATROL_ENV", "staging"),
        ("DATABASE_URL", "not a url"),
        ("DATABASE_URL", "mysql://a@b/c"),
        ("DATABASE_URL", "postgresql://db.internal"),
        ("DATABASE_URL", "postgresql://u@h:port/d"),
        ("DATABASE_OWNER_URL", "postgres"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "٨٠"),
        ("PUBLIC_URL", "patrol.example.org"),
        ("PUBLIC_URL", "https://patrol.example.org/app"),
        ("PUBLIC_URL", "https://me:secret@patrol.example.org"),
        ("TRUSTED_PROXIES", "-1"),
        ("VAPID_PRIVATE_KEY", "-----BEGIN PUBLIC KEY-----\nMIG"),
        ("PUSH_SUBJECT", "parking@example.org"),
        ("PUSH_EXTRA_HOSTS", "localhost"),
        ("PUSH_EXTRA_HOSTS", "a.example.org,*"),
        ("PUSH_ALLOW_LOOPBACK", "maybe"),
        ("SWEEP_SECONDS", "nan"),
        ("SWEEP_SECONDS", "-1"),
        ("TRAVEL", "bus"),
        ("TRAVEL", "line:3"),
        ("TRAVEL", "graph:"),
        ("TRAVEL", "osrm:routes.example.org"),
        ("TRAVEL", "osrm:file:///etc/passwd"),
        ("TRAVEL", "valhalla:https://me:secret@routes.example.org"),
        ("TRAVEL", "valhalla:https://routes.example.org/?key=1"),
        ("MAP_TILES", "http://tiles.example.org/{z}/{x}/{y}.png"),
        ("MAP_TILES", "https://tiles.example.org/{z}/{x}.png"),
        ("MAP_TILES", "https://tiles.example.org/{z}/{x}/{y}/{y}.png"),
        ("MAP_TILES", "https://{s}.tiles.example.org/{z}/{x}/{y}.png"),
        ("MAP_TILES", "https://tiles.example.org/{s}/{z}/{x}/{y}.png"),
        ("MAP_TILES", "https://me:secret@tiles.example.org/{z}/{x}/{y}.png"),
        ("MAP_TILES", "https://tiles.example.org; script-src */{z}/{x}/{y}.png"),
        ("MAP_TILES", "https:///{z}/{x}/{y}.png"),
        ("LOG_LEVEL", "loud"),
        ("OPENPATROL_CLOCK", "2016-11-08T00:00:00Z"),
        ("OPENPATROL_CLOCK", "2016-11-08T00:00:00@120@1767225600"),
        ("OPENPATROL_CLOCK", "2016-11-08T00:00:00Z@0@1767225600"),
    ],
)
def test_a_value_that_cannot_be_right_is_named(name: str, value: str) -> None:
    (fault,) = faults_of({**PRODUCTION, "OPENPATROL_ENV": "development", name: value})
    assert fault.startswith(f"{name} ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUSH_ALLOW_LOOPBACK", "true"),
        ("OPENPATROL_CLOCK", "2016-11-08T00:00:00Z@120@1767225600"),
        ("PUBLIC_URL", "http://patrol.example.org"),
    ],
)
def test_production_refuses_what_only_development_may_do(name: str, value: str) -> None:
    (fault,) = faults_of({**PRODUCTION, name: value})
    assert fault.startswith(f"{name} ")
    assert development(**{name: value})


def test_values_are_read_as_what_they_mean() -> None:
    settings = development(
        DATABASE_URL="postgresql://openpatrol:p%40ss@db/openpatrol",
        PORT="9000",
        PUSH_EXTRA_HOSTS="Push.example.org, *.example.net",
        VAPID_PRIVATE_KEY=PEM.replace("\n", "\\n"),
        SWEEP_SECONDS="1.5",
        LOG_LEVEL="DEBUG",
    )
    assert settings.database_url == "postgresql+psycopg://openpatrol:p%40ss@db/openpatrol"
    assert settings.port == 9000
    assert settings.push_extra_hosts == ("push.example.org", "*.example.net")
    assert settings.vapid_private_key == PEM
    assert settings.sweep_seconds == 1.5


def test_tiles_come_with_the_credit_that_they_are_due() -> None:
    assert (development().map_tiles, development().tiles_origin) == (None, None)
    tiles = "https://tiles.example.org:8443/os/{z}/{x}/{y}.png?key=abc"
    settings = development(MAP_TILES=tiles, MAP_TILES_CREDIT="© Camford")
    assert settings.map_tiles == tiles
    assert settings.tiles_origin == "https://tiles.example.org:8443"
    (fault,) = faults_of({"OPENPATROL_ENV": "development", "MAP_TILES": tiles})
    assert fault.startswith("MAP_TILES_CREDIT ")


def test_walks_are_straight_unless_a_graph_or_a_service_is_named() -> None:
    assert development().travel == TravelSetting("line")
    osrm = development(TRAVEL="osrm:https://routes.example.org/foot/").travel
    assert osrm == TravelSetting("osrm", "https://routes.example.org/foot")
    assert development(TRAVEL="graph:/srv/streets").travel == TravelSetting("graph", "/srv/streets")


def test_a_socket_of_the_embedded_database_survives_reading() -> None:
    url = "postgresql+psycopg://openpatrol@/openpatrol?host=%2Ftmp%2Fa+b&port=5432"
    assert development(DATABASE_URL=url).database_url == url


def test_an_empty_variable_counts_as_not_set() -> None:
    assert development(PORT="", DATABASE_URL=" ") == development()


def test_the_public_address_follows_the_port_until_it_is_given() -> None:
    assert development(PORT="9000").public_url == "http://localhost:9000"
    assert development(PORT="9000", PUBLIC_URL="http://here:80/").public_url == "http://here:80"


def test_secrets_show_neither_in_logs_nor_in_faults() -> None:
    shown = repr(Settings.from_environment({**PRODUCTION, "VAPID_PRIVATE_KEY": PEM}))
    assert "hunter2" not in shown
    assert "BEGIN" not in shown
    told = str(faults_of({"DATABASE_URL": "mysql://u:hunter2@h/d", "VAPID_PRIVATE_KEY": "hunter2"}))
    assert "hunter2" not in told


def test_the_real_clock_tells_utc_now() -> None:
    before = datetime.now(UTC)
    told = development().clock()
    assert told.tzinfo is UTC
    assert before <= told <= datetime.now(UTC)
    assert development().clock.speed == 1.0


def test_a_simulated_clock_runs_at_its_speed_from_its_start() -> None:
    origin = time.time() - 10
    clock = development(OPENPATROL_CLOCK=f"2016-11-08T08:00:00+11:00@120@{origin:.6f}").clock
    start = datetime(2016, 11, 7, 21, tzinfo=UTC)
    assert clock.start == start
    assert timedelta(minutes=20) <= clock() - start < timedelta(minutes=21)
    assert clock.speed == 120


def test_processes_given_the_same_simulated_clock_agree() -> None:
    one, other = (Clock(datetime(2016, 11, 8, tzinfo=UTC), 3600.0, time.time()) for _ in range(2))
    assert other() - one() < timedelta(minutes=1)


def test_every_setting_has_a_row_that_says_what_it_is() -> None:
    rows = settings_table().splitlines()[2:]
    assert len(rows) == len(fields(Settings))
    assert all(row.count(" | ") == 2 and len(row.split(" | ")[2]) > 10 for row in rows)


def test_the_readme_shows_every_setting_as_it_is_described_here() -> None:
    missing = [row for row in settings_table().splitlines() if row not in (ROOT / "README.md").read_text()]
    assert not missing, "paste into README.md what enforcement.config.settings_table() returns"
