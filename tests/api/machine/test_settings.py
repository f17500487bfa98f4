"""The environment is checked as a whole, and production is strict."""

import pytest

from api.settings import Settings, SettingsError

KEY = "kq3J-9vRz_Lw7TnYx2bPcMd5HfGs8AeU"
PRODUCTION = {
    "TOUCHSTONE_ENV": "production",
    "DATABASE_URL": "postgresql://app:pw@db/touchstone",
    "TOUCHSTONE_SECRET": KEY,
    "TOUCHSTONE_PUBLIC_URL": "https://maps.example.org",
}


def faults(environ: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as error:
        Settings.read(environ)
    assert all(fault in str(error.value) for fault in error.value.faults)
    return [fault.partition(":")[0] for fault in error.value.faults]


def test_an_empty_environment_is_development_on_the_embedded_database() -> None:
    settings = Settings.read({})
    assert (settings.env, settings.embedded, settings.demo, settings.port) == (
        *("development", True, True, 8000),
    )
    assert settings.public_url == "http://127.0.0.1:8000"


def test_a_complete_production_environment_is_accepted() -> None:
    settings = Settings.read(PRODUCTION)
    assert settings.database_url == "postgresql+asyncpg://app:pw@db/touchstone"
    assert (settings.demo, settings.debug, settings.embedded) == (False, False, False)


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        ("TOUCHSTONE_PORT", "1", "port", 1),
        ("TOUCHSTONE_PORT", "65535", "port", 65535),
        ("TOUCHSTONE_SIGN_UP", "off", "sign_up", False),
        ("TOUCHSTONE_SIGN_UP", "YES", "sign_up", True),
        ("TOUCHSTONE_RATE_LIMIT", "0", "rate_limit", 0),
        ("TOUCHSTONE_PUBLIC_URL", "https://a.example/", "public_url", "https://a.example"),
        ("TOUCHSTONE_SECRET", "x" * 32, "secret", "x" * 32),
        ("DATABASE_URL", "postgres://a@b/c", "database_url", "postgresql+asyncpg://a@b/c"),
        (
            *("TOUCHSTONE_CORS_ORIGINS", "https://a.example, http://localhost:3000"),
            *("cors_origins", ("https://a.example", "http://localhost:3000")),
        ),
    ],
)
def test_a_variable_is_read(name: str, text: str, field: str, value: object) -> None:
    assert getattr(Settings.read({name: text}), field) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("TOUCHSTONE_ENV", "staging"),
        ("TOUCHSTONE_PORT", "0"),
        ("TOUCHSTONE_PORT", "65536"),
        ("TOUCHSTONE_PORT", "http"),
        ("TOUCHSTONE_WORKERS", "0"),
        ("TOUCHSTONE_POOL_SIZE", "501"),
        ("TOUCHSTONE_RATE_LIMIT", "-1"),
        ("TOUCHSTONE_SIGN_UP", "maybe"),
        ("TOUCHSTONE_SECRET", "x" * 31),
        ("TOUCHSTONE_SECRET_PREVIOUS", "short"),
        ("TOUCHSTONE_PUBLIC_URL", "maps.example.org"),
        ("TOUCHSTONE_SMTP_URL", "mail.example.org"),
        ("TOUCHSTONE_CORS_ORIGINS", "*"),
        ("TOUCHSTONE_CORS_ORIGINS", "https://a.example/path"),
        ("DATABASE_URL", "sqlite:///touchstone.db"),
        ("TOUCHSTONE_OWNER_DATABASE_URL", "mysql://a@b/c"),
    ],
)
def test_a_fault_names_its_variable(name: str, text: str) -> None:
    assert faults({name: text}) == [name]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"TOUCHSTONE_SECRET": ""}, "TOUCHSTONE_SECRET"),
        ({"TOUCHSTONE_SECRET": "x" * 31}, "TOUCHSTONE_SECRET"),
        ({"TOUCHSTONE_SECRET": "changeme" * 4}, "TOUCHSTONE_SECRET"),
        ({"TOUCHSTONE_PUBLIC_URL": ""}, "TOUCHSTONE_PUBLIC_URL"),
        ({"TOUCHSTONE_PUBLIC_URL": "http://maps.example.org"}, "TOUCHSTONE_PUBLIC_URL"),
        ({"TOUCHSTONE_DEMO": "on"}, "TOUCHSTONE_DEMO"),
        ({"TOUCHSTONE_DEBUG": "on"}, "TOUCHSTONE_DEBUG"),
        ({"TOUCHSTONE_CORS_ORIGINS": "http://a.example"}, "TOUCHSTONE_CORS_ORIGINS"),
    ],
)
def test_production_refuses(change: dict[str, str], named: str) -> None:
    assert faults(PRODUCTION | change) == [named]


def test_every_fault_is_reported_at_once() -> None:
    assert set(faults({"TOUCHSTONE_ENV": "production", "TOUCHSTONE_PORT": "x"})) == {
        "DATABASE_URL",
        "TOUCHSTONE_PORT",
        "TOUCHSTONE_PUBLIC_URL",
        "TOUCHSTONE_SECRET",
    }


def test_a_worker_inherits_the_settings_unchanged() -> None:
    settings = Settings.read(
        PRODUCTION | {"TOUCHSTONE_SIGN_UP": "off", "TOUCHSTONE_CORS_ORIGINS": "https://a.example"}
    )
    assert Settings.read(settings.environ()) == settings


def test_no_secret_is_shown() -> None:
    shown = repr(Settings.read(PRODUCTION | {"TOUCHSTONE_SMTP_URL": "smtp://u:pw@mail"}))
    assert KEY not in shown
    assert "pw" not in shown
    assert "maps.example.org" in shown
