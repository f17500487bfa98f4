"""curl, as far as the pages use it, without the program: the same request, the same output."""

import argparse
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from tests.api.contract import Contract

PATIENCE = 10.0  # seconds to listen to a stream for what the page shows of it
FLAGS = ("-s", "-S", "-f", "-i", "-N", "-G", "-L")


class Unknown(Exception):
    """A page uses what the runner does not know."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Any:
        raise Unknown(f"curl: {message}")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="curl", add_help=False, allow_abbrev=False)
    for flag in FLAGS:
        parser.add_argument(flag, action="store_true")
    parser.add_argument("-X", dest="method")
    parser.add_argument("-H", dest="headers", action="append", default=[])
    parser.add_argument("-d", "--data", "--data-binary", dest="data", action="append", default=[])
    parser.add_argument("--data-urlencode", dest="encoded", action="append", default=[])
    parser.add_argument("-F", dest="form", action="append", default=[])
    parser.add_argument("-o", dest="output")
    parser.add_argument("-D", dest="heads")
    parser.add_argument("-w", dest="write", default="")
    parser.add_argument("--max-time", type=float)
    parser.add_argument("url")
    return parser


PARSER = _parser()


class Curl:
    """Sends what a curl command would; every reply is held against the published document."""

    def __init__(self) -> None:
        self.contract = Contract.published()
        self.http = httpx.Client(timeout=20, event_hooks={"response": [self._check]})
        self.statuses: list[tuple[int, str]] = []
        self.enough: Callable[[str], bool] = bool

    def run(self, arguments: list[str], folder: Path) -> str:
        """Do one command in a folder, and give what it prints."""
        asked = PARSER.parse_args(arguments)
        reply = self._send(asked, folder)
        body = self._heard(reply)
        self.statuses.append((reply.status_code, f"{reply.request.method} {reply.url}"))
        head = _head(reply)
        if asked.heads:
            (folder / asked.heads).write_text(head)
        printed = (head.encode() if asked.i else b"") + body
        if asked.output:
            (folder / asked.output).write_bytes(printed)
            printed = b""
        return printed.decode("utf-8", "surrogateescape") + _written(asked.write, reply)

    def _send(self, asked: argparse.Namespace, folder: Path) -> httpx.Response:
        url = asked.url if "://" in asked.url else f"http://{asked.url}"
        headers = [tuple(part.strip() for part in one.split(":", 1)) for one in asked.headers]
        body, files = _body(asked, folder), [_part(one, folder) for one in asked.form]
        sent: dict[str, Any] = {"headers": headers}
        if asked.G:
            url, body = f"{url}{'&' if '?' in url else '?'}{body.decode()}", b""
        elif body or asked.data:
            kinds = {name.lower() for name, _ in headers}
            if "content-type" not in kinds:
                headers.append(("content-type", "application/x-www-form-urlencoded"))
            sent["content"] = body
        elif files:
            sent["files"] = files
        method = asked.method or ("POST" if {"content", "files"} & sent.keys() else "GET")
        return self.http.send(self.http.build_request(method, url, **sent), stream=True)

    def _heard(self, reply: httpx.Response) -> bytes:
        """The body; of a stream what it says until that is all that the page shows."""
        if not _is_stream(reply):
            return reply.content
        said, until = b"", time.monotonic() + PATIENCE
        try:
            for part in reply.iter_raw():
                said += part
                if self.enough(said.decode()) or time.monotonic() > until:
                    break
        except httpx.ReadTimeout:
            pass
        finally:
            reply.close()
        return said

    def _check(self, reply: httpx.Response) -> None:
        if not _is_stream(reply):
            reply.read()
            self.contract.check(reply.request.method, reply.request.url.path, reply)


def _is_stream(reply: httpx.Response) -> bool:
    return reply.headers.get("content-type", "").startswith("text/event-stream")


def _body(asked: argparse.Namespace, folder: Path) -> bytes:
    parts = [
        (folder / one[1:]).read_bytes() if one.startswith("@") else one.encode()
        for one in asked.data
    ]
    for one in asked.encoded:
        name, value = one.split("=", 1)
        parts.append(str(httpx.QueryParams({name: value})).encode())
    return b"&".join(parts)


def _part(one: str, folder: Path) -> tuple[str, Any]:
    """A field of a form: a text, or `@` and a file, perhaps with its type."""
    name, value = one.split("=", 1)
    if not value.startswith("@"):
        return name, (None, value)
    path, _, kind = value[1:].partition(";type=")
    return name, (Path(path).name, (folder / path).read_bytes(), kind or "image/jpeg")


def _head(reply: httpx.Response) -> str:
    lines = [f"{reply.http_version} {reply.status_code} {reply.reason_phrase}"]
    lines += [f"{name}: {value}" for name, value in reply.headers.items()]
    return "\n".join([*lines, "", ""])


def _written(template: str, reply: httpx.Response) -> str:
    if unknown := set(re.findall(r"%\{(\w+)\}", template)) - {"http_code"}:
        raise Unknown(f"curl: -w with {unknown}")
    return template.replace("%{http_code}", str(reply.status_code)).replace("\\n", "\n")
