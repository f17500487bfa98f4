"""Which addresses may be dialed: public ones, and the private ones that the operator names."""

from collections.abc import Iterable, Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import SplitResult, urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

PORTS = (443, 8443)
MOST = 2048
_NAT64 = IPv6Network("64:ff9b::/96")
# `is_global` calls these global although what they lead to need not be.
_NEVER = (
    IPv4Network("100.64.0.0/10"),
    IPv4Network("168.63.129.16/32"),  # what Azure tells its machines
    IPv4Network("169.254.0.0/16"),
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv6Network("64:ff9b:1::/48"),  # where in it the address stands is each network's own choice
    IPv6Network("fec0::/10"),
    IPv6Network("2001::/23"),
    IPv6Network("3fff::/20"),
    IPv6Network("5f00::/16"),
)


class Refused(Exception):
    """An address that is not to be dialed; the message says what is wrong with it."""


class Networks:
    """The private networks that may be dialed all the same; by default none."""

    def __init__(self, named: Iterable[str] = ()) -> None:
        self._named = [ip_network(name) for name in named]

    def holds(self, address: Address) -> bool:
        """Whether the operator named a network that this address is in."""
        return any(address in network for network in self._named)

    def check(self, host: str, *, secure: bool, port: int, found: Sequence[str]) -> str:
        """The address to dial, of those that a name stands for.

        Refused when one of them is private: a name that is both public and private is a trap.
        Without TLS, and at other ports than 443 and 8443, only named networks are dialed.
        """
        addresses = [ip_address(one.partition("%")[0]) for one in found]
        others = [address for address in addresses if not self.holds(address)]
        if not addresses or not all(map(is_public, others)):
            raise Refused(_not_public(host))
        if others and not secure:
            raise Refused("Only https addresses are called.")
        if others and port not in PORTS:
            raise Refused(f"Only the ports {PORTS[0]} and {PORTS[1]} are called.")
        return str(addresses[0])


def _not_public(host: str) -> str:
    """One sentence for names that are private and those that are not known."""
    try:
        ip_address(host)
    except ValueError:
        return f"{host} is not known, or is not a public address."
    return f"{host} is not a public address."


def is_public(address: Address) -> bool:
    """Whether an address is on the internet, whatever it is wrapped in."""
    inner = _unwrapped(address)
    if any(one in network for network in _NEVER for one in (address, inner)):
        return False
    return inner.is_global and not inner.is_multicast and not inner.is_reserved


def _unwrapped(address: Address) -> Address:
    """What an IPv6 address leads to that carries an IPv4 address; itself otherwise."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in _NAT64 or int(address) < 2**32:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def readable(url: str) -> SplitResult:
    """An address in its parts; Refused, with the reason, for what no program should be sent to."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise Refused("This is no address.") from None
    faults = {
        f"An address has at most {MOST} characters.": len(url) > MOST,
        "An address is written in ASCII, without spaces.": not (
            url.isascii() and url.isprintable() and " " not in url and "\\" not in url
        ),
        "An address begins with https://.": parts.scheme not in ("https", "http"),
        "An address names a host.": not host or port == 0,
        "An address carries no user and no password.": "@" in parts.netloc,
        "An address has no fragment.": "#" in url,
    }
    for fault, found in faults.items():
        if found:
            raise Refused(fault)
    return parts
