"""The environment, read once into a frozen struct: nothing else in the house looks at it."""

from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_type_hints

import msgspec
from msgspec import Meta, Struct

DRIVER = "postgresql+asyncpg"

# The description of each type is what its variable "must be": the words of the error message.
Environment = Annotated[
    Literal["development", "production", "test"],
    Meta(description="development, production or test"),
]
Port = Annotated[int, Meta(ge=1, le=65535, description="a port: a whole number from 1 to 65535")]
Few = Annotated[int, Meta(ge=1, le=500, description="a whole number from 1 to 500")]
Many = Annotated[int, Meta(ge=0, le=10**6, description="a whole number from 0 to 1000000")]
Streams = Annotated[int, Meta(ge=1, le=100_000, description="a whole number from 1 to 100000")]
Moments = Annotated[float, Meta(ge=0, le=8, description="a number of seconds from 0 to 8")]
Secret = Annotated[str, Meta(min_length=32, description="at least 32 characters long")]
Switch = Annotated[bool, Meta(description="on or off")]
Origin = Annotated[str, Meta(pattern=r"^https?://[^/?#@\s]+$")]
Origins = Annotated[tuple[Origin, ...], Meta(description="exact origins such as https://a.example")]
Networks = Annotated[
    tuple[Annotated[str, Meta(pattern=r"^[0-9A-Fa-f.:]+/\d{1,3}$")], ...],
    Meta(description="networks such as 10.0.0.0/8"),
]
Url = Annotated[str, Meta(pattern=r"^https?://[^/?#\s]+", description="an http or https address")]
Smtp = Annotated[str, Meta(pattern=r"^smtps?://.", description="smtp://... or smtps://...")]
Bucket = Annotated[
    str,
    Meta(
        pattern=r"^(s3|gs|az|memory|file)://.",
        description="s3://bucket/prefix, gs://... or az://...",
    ),
]
Database = Annotated[
    str, Meta(pattern=rf"^{DRIVER.replace('+', '[+]')}://.", description="postgresql://...")
]


class SettingsError(Exception):
    """The environment cannot be used; the message lists every fault with its variable."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("The settings cannot be used:\n" + "\n".join(f"  {f}" for f in faults))


class Settings(Struct, frozen=True, kw_only=True):
    """What the environment says. An empty `database_url` means the embedded PostgreSQL."""

    env: Environment = "development"
    host: str = "127.0.0.1"
    port: Port = 8000
    workers: Few = 1
    database_url: Database = ""
    owner_database_url: Database = ""
    worker_database_url: Database = ""
    backup_database_url: Database = ""
    data: Path = Path(".touchstone")
    postgres_bin: str = ""
    secret: Secret = ""
    secret_previous: Secret = ""
    sign_up: Switch = True
    cors_origins: Origins = ()
    files_url: Bucket = ""
    smtp_url: Smtp = ""
    mail_from: str = "touchstone@localhost"
    outbound_private: Networks = ()
    public_url: Url = "http://127.0.0.1:8000"
    pool_size: Few = 16
    rate_limit: Many = 600
    streams: Streams = 1000
    hints: Switch = True
    drain: Moments = 2.0
    clock: Switch = True
    demo: Switch = True
    debug: Switch = False

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Self:
        """Read and check the environment; every fault is reported at once."""
        values, faults = _parse(environ, get_type_hints(cls, include_extras=True))
        values.setdefault("demo", values.get("env", "development") == "development")
        if "public_url" not in values:
            host, port = values.get("host", "127.0.0.1"), values.get("port", 8000)
            values["public_url"] = f"http://{host}:{port}"
        settings = cls(**values)
        faults += _network_faults(settings.outbound_private)
        faults += _production_faults(settings, said=" ".join(faults))
        if faults:
            raise SettingsError(faults)
        return settings

    @property
    def embedded(self) -> bool:
        """Whether the database is the one that Touchstone starts itself."""
        return not self.database_url

    def environ(self) -> dict[str, str]:
        """Give these settings back as an environment, for the processes that serve."""
        return {
            variable(name): _write(getattr(self, name))
            for name in self.__struct_fields__
            if getattr(self, name) not in ("", ())
        }

    def __repr__(self) -> str:
        """Show no secret and no password, so that a settings object may be logged."""
        shown = {name: getattr(self, name) for name in self.__struct_fields__}
        hidden = {name for name in shown if name.startswith("secret") or name.endswith("_url")}
        for name in hidden - {"public_url"}:
            shown[name] = shown[name] and "***"
        return f"Settings({', '.join(f'{name}={value!r}' for name, value in shown.items())})"


def variable(name: str) -> str:
    """Name the environment variable of a setting."""
    return "DATABASE_URL" if name == "database_url" else f"TOUCHSTONE_{name.upper()}"


def _parse(
    environ: Mapping[str, str], types: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    faults: list[str] = []
    for name, annotated in types.items():
        text = environ.get(variable(name), "").strip()
        if not text:
            continue
        try:
            values[name] = msgspec.convert(
                _plain(name, text), annotated, strict=False, dec_hook=lambda kind, raw: kind(raw)
            )
        except msgspec.ValidationError:
            faults.append(f"{variable(name)}: must be {annotated.__metadata__[0].description}")
    return values, faults


def _plain(name: str, text: str) -> str | list[str]:
    """Bring the spellings that people use to the one that is checked."""
    if name in {"cors_origins", "outbound_private"}:
        return text.replace(",", " ").split()
    if name.endswith("database_url"):
        scheme, separator, rest = text.partition("://")
        known = scheme in {"postgres", "postgresql", DRIVER}
        return f"{DRIVER}{separator}{rest}" if known else text
    if name in {"sign_up", "clock", "demo", "debug", "hints"}:
        return {"on": "true", "yes": "true", "off": "false", "no": "false"}.get(text.lower(), text)
    return text.rstrip("/") if name == "public_url" else text


def _write(value: object) -> str:
    """Write a value in the way `_plain` reads it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _network_faults(networks: tuple[str, ...]) -> list[str]:
    faults = []
    for network in networks:
        try:
            ip_network(network)
        except ValueError as error:
            faults.append(f"TOUCHSTONE_OUTBOUND_PRIVATE: {error}")
    return faults


def _production_faults(settings: Settings, said: str) -> list[str]:
    """List what is fine on a laptop and not on the internet, one fault for each variable."""
    if settings.env != "production":
        return []
    https = settings.public_url.startswith("https://")
    plain = [origin for origin in settings.cors_origins if not origin.startswith("https://")]
    rules = {
        "DATABASE_URL: name a PostgreSQL server, the embedded one is for trying out": (
            settings.embedded
        ),
        "TOUCHSTONE_SECRET: must be a random key of your own, at least 32 characters long": (
            len(set(settings.secret)) < 12
        ),
        "TOUCHSTONE_PUBLIC_URL: must be the https address that people use": not https,
        "TOUCHSTONE_CORS_ORIGINS: must be https origins": bool(plain),
        "TOUCHSTONE_DEMO: must be off, the demo's passwords are known to everyone": settings.demo,
        "TOUCHSTONE_DEBUG: must be off": settings.debug,
    }
    return [
        says for says, broken in rules.items() if broken and f"{says.split(':')[0]}:" not in said
    ]
