"""The HTTP and command-line edge: everything that a request or a command meets before the line."""

from dataclasses import dataclass

from flask import Flask, request
from flask_compress import Compress
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from enforcement.adapters import push_keys, secret_box, signing
from enforcement.adapters.embedded import EmbeddedPostgres
from enforcement.adapters.photos import PhotoFolder
from enforcement.adapters.push_endpoints import EndpointPolicy
from enforcement.adapters.push_keys import PushKeys
from enforcement.adapters.rights.addresses import ProviderAddresses
from enforcement.adapters.rights.desk import Desk
from enforcement.adapters.rights.lines import Lines
from enforcement.adapters.secret_box import SecretBox
from enforcement.adapters.signing import SigningKey
from enforcement.adapters.tables import db
from enforcement.config import Clock, Settings
from enforcement.domain.photos import MOST_PIECE_BYTES

from . import (
    alerts,
    audit,
    bays,
    board,
    briefings,
    calendar,
    contraventions,
    coverage,
    desk_messages,
    devices,
    errors,
    evidence,
    found,
    holds,
    imports,
    journal,
    kept,
    maps,
    ops,
    pages,
    patrols,
    people,
    photos,
    radio,
    readings,
    reports,
    restrictions,
    rights,
    roster,
    sensors,
    shift_logs,
    shifts,
    sign_ins,
    signatures,
    story,
    suspensions,
    tasks,
    watch,
    zones,
)
from .headers import add_headers
from .limits import limits_of
from .logs import log_requests
from .openapi import API, document_the_rest

OWN_DATABASE = "openpatrol"
MOST_BYTES = 32 * 1024 * 1024  # an import of 100,000 bays
IMPORTS = ("imports.import_", "maps.import_", "rights.import_")
MOST_USUAL_BYTES = 2 * 1024 * 1024  # anything else
COMPRESSION = {
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_MIMETYPES": [
        "text/html",
        "text/css",
        "text/javascript",
        "text/plain",
        "text/csv",
        "image/svg+xml",
        "application/json",
        "application/geo+json",
        "application/manifest+json",
    ],
}


@dataclass(frozen=True, slots=True)
class Services:
    """What routes need beside the database."""

    settings: Settings
    push_keys: PushKeys
    signing_key: SigningKey
    push_policy: EndpointPolicy
    lines: Lines
    photos: PhotoFolder

    @property
    def clock(self) -> Clock:
        return self.settings.clock

    @property
    def public_url(self) -> str:
        return self.settings.public_url

    @property
    def push_key(self) -> str:
        return self.push_keys.public


def create_app(settings: Settings) -> Flask:
    """The application; without a `DATABASE_URL`, on the embedded server that `flask start` runs."""
    app = Flask("openpatrol", static_folder=None)
    own = EmbeddedPostgres(settings.instance_folder / "postgres")
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url or own.app_url(OWN_DATABASE),
        SQLALCHEMY_ENGINE_OPTIONS={
            "hide_parameters": True,  # a fault is told without the data in hand
            "pool_size": 16,
            "max_overflow": 16,
            "pool_timeout": 10,
            "pool_pre_ping": True,
            "connect_args": {
                "connect_timeout": 5,
                "application_name": "openpatrol",
                "options": "-c statement_timeout=15s -c idle_in_transaction_session_timeout=15s -c TimeZone=UTC",
            },
        },
        DATABASE_OWNER_URL=settings.database_owner_url
        or settings.database_url
        or own.owner_url(OWN_DATABASE),
        MAX_CONTENT_LENGTH=MOST_BYTES,
        **API,
        **COMPRESSION,
    )
    app.extensions["openpatrol"] = Services(
        settings,
        _push_keys(settings),
        _signing_key(settings),
        push_policy(settings),
        _lines(settings),
        PhotoFolder(settings.photos_folder or settings.instance_folder / "photos"),
    )
    app.extensions["openpatrol.limits"] = limits_of(settings)
    if settings.trusted_proxies:
        trusted = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted)  # type: ignore[method-assign]
    Compress(app)
    db.init_app(app)
    Migrate(app, db, directory=str(pages.ROOT / "migrations"))
    _register(app)
    return app


def _register(app: Flask) -> None:
    log_requests(app)
    ops.measure(app)
    add_headers(app)
    errors.register(app)
    api = errors.ProblemApi(app)
    for module in (
        people,
        sign_ins,
        zones,
        restrictions,
        bays,
        suspensions,
        sensors,
        imports,
        maps,
        calendar,
        contraventions,
        patrols,
        coverage,
        readings,
        tasks,
        photos,
        holds,
        roster,
        shifts,
        shift_logs,
        briefings,
        radio,
        desk_messages,
        alerts,
        watch,
        devices,
        evidence,
        found,
        journal,
        kept,
        board,
        audit,
        signatures,
        story,
        rights,
        reports,
    ):
        api.register_blueprint(module.blueprint, url_prefix="/api/v1")
    document_the_rest(app, api)
    app.register_blueprint(ops.blueprint)
    app.register_blueprint(pages.blueprint)
    app.before_request(_bound_body)


def _bound_body() -> None:
    """Everything else that is sent here is far smaller than a file of bays."""
    endpoint = request.endpoint or ""
    if endpoint == photos.PIECES:
        request.max_content_length = MOST_PIECE_BYTES
    elif not endpoint.startswith(IMPORTS):
        request.max_content_length = MOST_USUAL_BYTES


def _push_keys(settings: Settings) -> PushKeys:
    if settings.vapid_private_key:
        return push_keys.from_pem(settings.vapid_private_key)
    return push_keys.load_or_make(settings.instance_folder / "push-key.pem")


def _signing_key(settings: Settings) -> SigningKey:
    if settings.signing_private_key:
        return signing.from_pem(settings.signing_private_key)
    return signing.load_or_make(settings.instance_folder / "signing-key.pem")


def _lines(settings: Settings) -> Lines:
    return Lines(_box(settings), ProviderAddresses(settings.rights_allow_loopback), Desk())


def _box(settings: Settings) -> SecretBox:
    if settings.secrets_key:
        return SecretBox(settings.secrets_key)
    return secret_box.kept_at(settings.instance_folder / "secrets.key")


def push_policy(settings: Settings) -> EndpointPolicy:
    """Where messages may go."""
    return EndpointPolicy(frozenset(settings.push_extra_hosts), settings.push_allow_loopback)


__all__ = ["Services", "create_app", "push_policy"]
