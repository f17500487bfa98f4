"""What members may name and what is dialed: never a private address, however it is written."""

import asyncio
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from api.outbound import Outbound, Refused, Unreachable
from tests.api.integration.receiver import receiving, status
from tests.api.outbound.canaries import PUBLIC, canaries, names


def listed(words: str) -> list[str]:
    """What a text names, one after another."""
    return words.split()


FOUR = listed("""
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.1.2.3
127.255.255.254 168.63.129.16 169.254.169.254 169.254.0.1 172.16.0.1 172.31.255.255 192.0.0.1
192.0.0.8 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.1
203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
""")
SPELLED = listed("""
2130706433 0x7f000001 0X7F000001 017700000001 0177.0.0.1 0x7f.0.0.1 0x7f.1 127.1 127.0.1 0 0x0
00 2852039166 0xa9fea9fe 3232235777 10.1 012.0.0.1 0300.0250.1.1
""")
SIX = listed("""
:: ::1 0:0:0:0:0:0:0:1 ::127.0.0.1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1
::ffff:169.254.169.254 ::ffff:100.64.0.1 ::ffff:0:7f00:1 64:ff9b::7f00:1 64:ff9b::10.0.0.1
64:ff9b::a9fe:a9fe 64:ff9b:1::7f00:1 64:ff9b:1:1::a00:1
64:ff9b:1:a00:0:100:808:808 64:ff9b:1::808:808 fd00:ec2::254 ::169.254.169.254
2002:7f00:1:: 2002:a00:1::1
2002:a9fe:a9fe::1 2001:0:7f00:1::1 2001:0:4136:e378:8000:63bf:80ff:fffe 2001:db8::1 3fff::1
fc00::1 fd12:3456:789a::1 fe80::1 fec0::1 ff02::1 ff0e::1 100::1 5f00::1 2001:2::1 2001:10::1
2001:20::1
""")
NAMED = {
    "localhost": ["127.0.0.1", "::1"],
    "localhost.": ["127.0.0.1"],
    "six.localhost": ["::1"],
    "inside.example": ["10.0.0.5"],
    "both.example": [PUBLIC, "127.0.0.1"],
    "both.six.example": ["2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::1"],
    "scoped.example": ["fe80::1%eth0"],
    "metadata.google.internal": ["169.254.169.254"],
    "xn--lcalhost-54a.example": ["::ffff:127.0.0.1"],
    "nothing.example": [],
}
UNREADABLE = [
    "https://a@127.0.0.1/", "https://user:pass@good.example/", "https://good.example@127.0.0.1/",
    "https://127.0.0.1%2f@good.example/", "https://good.example#@127.0.0.1/",
    "https://good.example/#", "https://good.example\\@127.0.0.1/", "https://127.0.0.1 .example/",
    "https://\t127.0.0.1/", "https://127.0.0.1/\r\nX: y", "https://１２７.0.0.1/",
    "https://ⓛocalhost/", "https://exämple.org/", "//127.0.0.1/", "127.0.0.1", "",
    "ftp://good.example/", "file:///etc/passwd", "gopher://127.0.0.1:6379/_INFO", "javascript:1",
    "data:,x", "unix:/run/x.sock", "https:///hook", "https://:443/", "https://good.example:0/",
    "https://good.example:65536/", "https://good.example:-1/", "https://good.example:x/",
    "https://[::1/", "https://[1.2.3.4.5]/", f"https://good.example/{'x' * 2048}",
]  # fmt: skip
PLAIN = ["http://good.example/", "http://good.example:443/"]
PORTS = [f"https://good.example:{port}/" for port in (22, 80, 444, 5432, 6379, 8080, 65535)]
RESOLVE = names(NAMED | {"good.example": [PUBLIC]})


async def test_no_address_of_these_is_called() -> None:
    async with canaries() as canary:
        outbound = Outbound(resolve=RESOLVE)
        hosts = [*FOUR, *SPELLED, *(f"[{one}]" for one in SIX), *NAMED]
        private = [f"https://{host}:{canary.port}/hook" for host in hosts]
        private += [url.replace("https", "http") for url in private]
        assert len(hosts) > 80
        # For this and no other reason: at this port nothing else would be called either.
        for url in private:
            await refused(outbound, url, "is not a public address")
        for url in [*UNREADABLE, *PLAIN, *PORTS]:
            await refused(outbound, url, None)
        assert canary.accepted == 0


async def refused(outbound: Outbound, url: str, says: str | None) -> None:
    """It may neither be named nor called."""
    with pytest.raises(Refused, match=says):
        await outbound.check(url)
    with pytest.raises(Refused, match=says):
        await outbound.send("POST", url)


@pytest.mark.parametrize("host", ["1.1.1.1", PUBLIC, "[2606:4700::1111]", "good.example"])
async def test_public_addresses_may_be_named(host: str) -> None:
    for port in ("", ":443", ":8443"):
        await Outbound(resolve=RESOLVE).check(f"https://{host}{port}/hook?a=b%20c")


@pytest.mark.parametrize("host", ["a" * 64 + ".example", "a..example", "no-such-name.invalid"])
async def test_a_name_that_nobody_knows(host: str) -> None:
    with pytest.raises(Refused, match="is not known, or is not a public address"):
        await Outbound().check(f"https://{host}/")


async def test_a_private_name_answers_as_one_that_nobody_knows() -> None:
    said = set()
    for host in ("inside.example", "nothing.example", "a..example"):
        with pytest.raises(Refused) as refused:
            await Outbound(resolve=RESOLVE).check(f"https://{host}/")
        said.add(str(refused.value).removeprefix(host))
    assert said == {" is not known, or is not a public address."}


async def test_a_name_that_changes_its_mind_is_not_followed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialed: list[str] = []

    async def dial(_: Any, host: str, *given: Any, **more: Any) -> Any:
        dialed.append(host)
        raise httpcore.ConnectError

    for answers in ([PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC]):
        asked = iter(answers)

        async def flips(host: str, port: int, left: Any = asked) -> Sequence[str]:
            return [next(left)]

        with monkeypatch.context() as patch:
            patch.setattr(httpcore.AnyIOBackend, "connect_tcp", dial)
            with pytest.raises(Unreachable if answers[0] == PUBLIC else Refused):
                await Outbound(resolve=flips).send("POST", "https://rebinds.example/")
        assert next(asked) == answers[1]  # it was looked up once
    assert dialed == [PUBLIC]


async def test_it_is_judged_again_at_every_call() -> None:
    async with canaries() as canary:
        asked = iter([[PUBLIC], ["127.0.0.1"], ["::1"]])

        async def flips(host: str, port: int) -> Sequence[str]:
            return next(asked)

        outbound = Outbound(resolve=flips)
        await outbound.check("https://rebinds.example/")
        for _ in range(2):
            with pytest.raises(Refused):
                await outbound.send("POST", "https://rebinds.example/")
        assert canary.accepted == 0


async def test_what_the_operator_names_is_called_under_its_own_name() -> None:
    async with canaries() as canary:
        asked = iter([["127.0.0.1"], ["127.0.0.2"]])

        async def flips(host: str, port: int) -> Sequence[str]:
            return next(asked)

        url = f"http://inside.example:{canary.port}/hook"
        answer = await Outbound(["127.0.0.1/32"], flips).send("POST", url, body=b"{}")
        assert (answer.status, canary.accepted) == (204, 1)
        assert f"Host: inside.example:{canary.port}".encode() in canary.heard[0]
        with pytest.raises(Refused):
            await Outbound(["127.0.0.1/32"], names({"x": ["127.0.0.1", "10.0.0.1"]})).check(
                "https://x/"
            )


async def test_a_redirect_is_not_followed() -> None:
    async with canaries() as canary, receiving() as receiver:
        there = f"Location: http://127.0.0.1:{canary.port}/"
        for code in (301, 302, 303, 307, 308):
            receiver.answers = lambda _, code=code: status(code, there)
            answer = await Outbound(["127.0.0.1/32"]).send("POST", receiver.url())
            assert answer.status == code
        assert canary.accepted == 0


async def test_no_more_than_64_kib_of_an_answer_is_read() -> None:
    async with receiving() as receiver:
        receiver.answers = lambda _: status(200, body=b"x" * 1_000_000)
        answer = await Outbound(["127.0.0.1/32"]).send("POST", receiver.url())
        assert (len(answer.body), answer.complete) == (65_536, False)


async def test_a_certificate_of_its_own_making_is_not_believed(tmp_path: Path) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate(tmp_path))

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with await asyncio.start_server(accept, "127.0.0.1", 0, ssl=server) as listening:
        port = listening.sockets[0].getsockname()[1]
        outbound = Outbound(["127.0.0.1/32"], names({"good.example": ["127.0.0.1"]}))
        with pytest.raises(Unreachable, match="certificate"):
            await outbound.send("POST", f"https://good.example:{port}/")


def certificate(folder: Path) -> Path:
    """A key and a certificate for good.example that nobody has signed but itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.DNSName("good.example")
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "good.example")])
    at = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, nobody = serialization.Encoding.PEM, serialization.NoEncryption()
    kept = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, nobody)
    path = folder / "both.pem"
    path.write_bytes(kept + made.public_bytes(pem))
    return path
