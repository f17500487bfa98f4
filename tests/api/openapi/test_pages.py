"""The reference pages come from this machine, and nothing they show comes from another."""

import re
from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.commands.openapi import WEBHOOKS
from api.controllers.webhooks_document import read_webhooks_document
from api.openapi import openapi_config
from api.openapi.guides import FOLDER, ORDER


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient[Litestar]]:
    app = Litestar([read_webhooks_document], openapi_config=openapi_config(), logging_config=None)
    with TestClient(app) as client:
        yield client


def test_the_page_asks_only_this_machine(client: TestClient[Litestar]) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/html")
    assert "//" not in page.text
    addresses = [part.split('"')[0] for part in page.text.split('="/')[1:]]
    assert len(addresses) == 4
    for address in addresses:
        assert client.get(f"/{address}").status_code == 200


def test_the_policy_allows_no_other_machine(client: TestClient[Litestar]) -> None:
    policy = client.get("/docs").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "http" not in policy


def test_the_document_is_served(client: TestClient[Litestar]) -> None:
    document = client.get("/docs/openapi.json")
    assert document.headers["Content-Type"].startswith("application/vnd.oai.openapi+json")
    assert document.json()["info"]["title"] == "Touchstone"


def test_so_is_what_is_sent_to_webhooks(client: TestClient[Litestar]) -> None:
    document = client.get("/docs/webhooks.json")
    assert document.headers["Content-Type"].startswith("application/vnd.oai.openapi+json")
    assert document.content == WEBHOOKS.read_bytes()


@pytest.mark.parametrize(
    "path", ["/docs/nowhere", "/docs/assets/nothing.js", "/docs/assets/%2e%2e"]
)
def test_an_unknown_page_is_an_error_like_any_other(
    client: TestClient[Litestar], path: str
) -> None:
    assert client.get(path).status_code == 404
    assert "html" not in client.get(path).headers["Content-Type"]


def test_the_licence_lies_beside_the_script(client: TestClient[Litestar]) -> None:
    assert "MIT License" in client.get("/docs/assets/scalar.LICENSE.txt").text


@pytest.mark.parametrize("path", ["/docs/guides", *(f"/docs/guides/{name}" for name in ORDER)])
def test_a_guide_asks_only_this_machine_and_runs_nothing(
    client: TestClient[Litestar], path: str
) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["Content-Security-Policy"].startswith(
        "default-src 'none'; style-src 'self'"
    )
    assert "<script" not in page.text
    assert " style=" not in page.text
    for address in re.findall(r'(?:src|href)="([^"#]+)', page.text):
        assert address.startswith("/docs"), address
        assert client.get(address).status_code == 200


def test_a_guide_leads_to_its_chapters_and_to_the_other_guides(
    client: TestClient[Litestar],
) -> None:
    for name in ORDER:
        page = client.get(f"/docs/guides/{name}").text
        anchors = set(re.findall(r' id="([^"]+)"', page))
        for other, mark in re.findall(r'href="(/docs/guides/\w+)?#([^"]+)"', page):
            there = client.get(other).text if other else page
            assert f' id="{mark}"' in there, (name, other, mark)
        assert len(anchors) == page.count(' id="')
        assert all(f'href="/docs/guides/{other}"' in page for other in ORDER)
        assert 'href="/docs"' in page


def test_pictures_of_a_guide_say_in_words_what_they_show(client: TestClient[Litestar]) -> None:
    for name in ORDER:
        for picture in re.findall(r"<svg[^>]*>", client.get(f"/docs/guides/{name}").text):
            assert 'role="img"' in picture
            assert 'aria-label="' in picture


def test_every_guide_that_is_there_is_listed() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == set(ORDER)
