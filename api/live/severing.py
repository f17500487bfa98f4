"""Ending a connection whose other side takes nothing.

A server that closes such a connection waits for what it has written to be taken, and so for ever;
ASGI has no word for hanging up. So the socket is looked up among those of the process, by who is at
its other end.
"""

import os
import socket
import stat
import struct
from contextlib import suppress
from pathlib import Path
from typing import Any

_OPEN_FILES = Path("/dev/fd")
_AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER: what has not been taken is thrown away, and the other side is told so."""


def sever(peer: Any) -> bool:
    """Cut the connection with this peer off, as ASGI names it; whether there was one."""
    if peer is None:
        return False
    host, port = peer[0], int(peer[1])  # Granian has the port as text
    found = False
    for name in os.listdir(_OPEN_FILES):
        with suppress(OSError):  # no socket, or closed since
            found |= _sever_if(int(name), host, port)
    return found


def _sever_if(number: int, host: str, port: int) -> bool:
    if not stat.S_ISSOCK(os.fstat(number).st_mode):
        return False
    with socket.socket(fileno=os.dup(number)) as connection:
        if connection.getpeername()[:2] != (host, port):
            return False
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        connection.shutdown(socket.SHUT_RDWR)
        return True
