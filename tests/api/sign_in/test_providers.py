"""Setting a provider up: what is refused, what is kept, and what is never shown."""

from typing import Any

import pytest

from domain.ids import new_id
from tests.api.sign_in.going import PATH, changed, code, provider_of
from tests.world import Org

NOBODY = "http://127.0.0.1:9"
OWN = "https://a.example/{provider_id}"
FIRST = "#/redirect_uris/0"
GOOD = {
    "name": "Staff login",
    "issuer": NOBODY,
    "client_id": "touchstone",
    "redirect_uris": ["https://app.example/{provider_id}"],
}
SECRET = "a secret that nobody reads twice"


@pytest.mark.parametrize(
    ("wrong", "said", "place"),
    [
        ({"issuer": "http://93.184.215.14"}, "bad_issuer", "#/issuer"),
        ({"issuer": "https://169.254.169.254"}, "bad_issuer", "#/issuer"),
        ({"issuer": "https://10.0.0.1"}, "bad_issuer", "#/issuer"),
        ({"issuer": "https://[::ffff:10.0.0.1]"}, "bad_issuer", "#/issuer"),
        ({"issuer": "https://93.184.215.14:22"}, "bad_issuer", "#/issuer"),
        ({"issuer": f"{NOBODY}/?tenant=1"}, "bad_issuer", "#/issuer"),
        ({"issuer": f"{NOBODY}/#x"}, "bad_issuer", "#/issuer"),
        ({"issuer": "https://user:word@127.0.0.1"}, "bad_issuer", "#/issuer"),
        ({"issuer": f"https://{'x' * 70}.example"}, "bad_issuer", "#/issuer"),
        ({"issuer": "javascript:alert(1)"}, "bad_issuer", "#/issuer"),
        ({"redirect_uris": ["http://a.example/{provider_id}"]}, "bad_redirect_uri", FIRST),
        ({"redirect_uris": [f"{OWN}#x"]}, "bad_redirect_uri", FIRST),
        ({"redirect_uris": ["javascript:alert(1)"]}, "bad_redirect_uri", FIRST),
        ({"redirect_uris": ["https://b@a.example/{provider_id}"]}, "bad_redirect_uri", FIRST),
        ({"redirect_uris": ["https://[a/{provider_id}"]}, "bad_redirect_uri", FIRST),
        # Whatever does not end in the provider's id may be another provider's, too.
        ({"redirect_uris": [OWN, "https://a.example/x"]}, "bad_redirect_uri", "#/redirect_uris/1"),
        ({"redirect_uris": [f"{OWN}/"]}, "bad_redirect_uri", FIRST),
        ({"redirect_uris": [f"{OWN}/../x"]}, "bad_redirect_uri", FIRST),
        ({"redirect_uris": [f"{OWN}?x=1"]}, "bad_redirect_uri", FIRST),
        ({"redirect_uris": [f"https://a.example/{new_id()}"]}, "bad_redirect_uri", FIRST),
        ({"redirect_uris": ["https://a.example/x?={provider_id}"]}, "bad_redirect_uri", FIRST),
        ({"redirect_uris": ["https://a.example/x#/{provider_id}"]}, "bad_redirect_uri", FIRST),
        ({"redirect_uris": ["https://{provider_id}"]}, "bad_redirect_uri", FIRST),
        ({"redirect_uris": ["https://a.example/x{provider_id}"]}, "bad_redirect_uri", FIRST),
        ({"scopes": ["profile"]}, "openid_missing", "#/scopes"),
        ({"scopes": ["openid", "email", "openid"]}, "repeated", "#/scopes/2"),
        (
            {"redirect_uris": ["https://a.example/{provider_id}"] * 2},
            "repeated",
            "#/redirect_uris/1",
        ),
        ({"department_map": {"a/b": str(new_id())}}, "unknown_department", "#/department_map/a~1b"),
    ],
)
async def test_what_cannot_be_is_refused_where_it_stands(
    org: Org, wrong: dict[str, Any], said: str, place: str
) -> None:
    reply = await org.admin.post(PATH, GOOD | wrong)
    assert code(reply) == (422, said)
    assert [one["pointer"] for one in reply.json()["errors"]] == [place]
    made = await provider_of(org, NOBODY, redirect_uris=["http://localhost:5173/{provider_id}"])
    reply = await org.admin.patch(f"{PATH}/{made['id']}", wrong, If_Match='"1"')
    assert code(reply) == (422, said)


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("client_id", "touch\nstone", "#/client_id"),
        ("client_id", " touchstone", "#/client_id"),
        ("client_id", "töuchstone", "#/client_id"),
        ("scopes", ["openid", "e mail"], "#/scopes/1"),
        ("scopes", ["openid", "e\x07mail"], "#/scopes/1"),
        ("scopes", ["openid\n"], "#/scopes/0"),
    ],
)
async def test_what_no_provider_could_read_is_refused(
    org: Org, field: str, value: Any, place: str
) -> None:
    reply = await org.admin.post(PATH, GOOD | {field: value})
    assert reply.status_code == 400
    (error,) = reply.json()["errors"]
    assert (error["pointer"], "Send visible ASCII" in error["detail"]) == (place, True)


async def test_a_secret_goes_in_and_never_comes_out(org: Org) -> None:
    made = await org.admin.post(PATH, GOOD | {"client_secret": SECRET})
    assert made.status_code == 201
    assert made.headers["location"] == f"{PATH}/{made.json()['id']}"
    seen = [made.text, (await org.admin.get(PATH)).text]
    seen.append((await org.admin.get(f"{PATH}/{made.json()['id']}")).text)
    async with org.world.database.transaction(org.id) as tx:
        driver = await tx.driver()
        seen += [str(row) for row in await driver.fetch("SELECT * FROM identity_providers")]
        told = await driver.fetch("SELECT content FROM revisions")
        seen += [row["content"] or "" for row in told]
    assert [one for one in seen if SECRET in one] == []
    named = await changed(org, made.json(), name="Login")
    assert (named["has_client_secret"], named["version"]) == (True, 2)
    assert not (await changed(org, made.json(), client_secret=None))["has_client_secret"]


async def test_one_for_each_client_of_an_issuer_and_twenty_in_all(org: Org) -> None:
    await org.admin.made(PATH, GOOD)
    assert code(await org.admin.post(PATH, GOOD)) == (409, "provider_exists")
    for number in range(19):
        await org.admin.made(PATH, GOOD | {"client_id": f"client {number}"})
    more = await org.admin.post(PATH, GOOD | {"client_id": "one more"})
    assert code(more) == (409, "too_many_providers")
    listed = (await org.admin.read(f"{PATH}?limit=15"))["items"]
    assert len(listed) == 15
    assert (await org.admin.delete(f"{PATH}/{listed[0]['id']}", If_Match='"1"')).status_code == 204
    await org.admin.made(PATH, GOOD | {"client_id": "one more"})
    verbs = [
        e["verb"] for e in (await org.admin.read("/v1/organization/events?limit=100"))["items"]
    ]
    assert verbs.count("identity_provider.added") == 21
    assert verbs.count("identity_provider.removed") == 1
