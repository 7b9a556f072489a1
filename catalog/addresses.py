"""Only public addresses are connected to, unless a flag allows others.

A host name is resolved, every address it has is checked, and the connection goes to an address that was checked: the name is never resolved
a second time. The check sits where sockets are made, so a redirect, an odd spelling (decimal, octal, IPv4 inside IPv6) or a name that
changes its address between two requests meets it too.
"""

import ipaddress
import socket
import threading

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection

from fashflix.errors import AddressRefused

# Reserved for documents and tests, for sharing among customers of a provider, and the like; some Pythons count a few of them as global
NEVER = [ipaddress.ip_network(block) for block in ("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15",
                                                   "240.0.0.0/4", "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "fc00::/7",
                                                   "fec0::/10")]
HEADER_SECONDS = 60
NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address):
    """Whether anybody on the internet may reach an address. address: text of an IPv4 or IPv6 address, with or without a scope."""
    parsed = ipaddress.ip_address(address.split("%")[0])
    inner = _inside(parsed)
    if inner is not None:
        return is_public(str(inner))
    if any(parsed.version == block.version and parsed in block for block in NEVER):
        return False
    return parsed.is_global and not (parsed.is_multicast or parsed.is_reserved or parsed.is_link_local or parsed.is_loopback)


def _inside(address):
    """The IPv4 address that an IPv6 address stands for (RFC 4291 mapped, RFC 3056 6to4, RFC 4380 Teredo, RFC 6052 NAT64), or None."""
    if address.version == 4:
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def checked_addresses(host, port, allow_private=False):
    """The addresses of a host, each one checked, in the resolver's order.

    host: a name, or an address in any form the resolver takes. Returns a list of texts.
    Raises AddressRefused when one of them is not public, socket.gaierror when the name has none.
    """
    found = list(dict.fromkeys(entry[4][0] for entry in socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)))
    refused = [] if allow_private else [address for address in found if not is_public(address)]
    if refused:
        raise AddressRefused(f"{host} is at {refused[0]}, which is not a public address, so it was not visited. "
                             "If this is a shop of your own, add --allow-private.")
    return found


class _Checked:
    """A connection that is made to a checked address; certificate and Host header still speak of the name."""

    allow_private = False

    def getresponse(self):
        """The start of a response, within HEADER_SECONDS even when the server sends a byte now and then to stay under each timeout."""
        watch = threading.Timer(HEADER_SECONDS, self._hang_up, [self.sock])
        watch.daemon = True
        watch.start()
        try:
            return super().getresponse()
        finally:
            watch.cancel()

    @staticmethod
    def _hang_up(sock):
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:                     # it has ended by itself
            pass

    def _new_conn(self):
        try:
            addresses = checked_addresses(self._dns_host, self.port, self.allow_private)
        except (socket.gaierror, UnicodeError) as error:
            raise NameResolutionError(self.host, self, error) from error
        for place, address in enumerate(addresses, start=1):
            try:
                return create_connection((address, self.port), self.timeout, source_address=self.source_address,
                                         socket_options=self.socket_options)
            except TimeoutError as error:
                if place == len(addresses):
                    raise ConnectTimeoutError(self, f"{self.host} at {address} did not answer in {self.timeout} seconds") from error
            except OSError as error:
                if place == len(addresses):
                    raise NewConnectionError(self, f"{self.host} at {address}: {error}") from error


def _pools(allow_private):
    """urllib3 connection pools by scheme, of checked connections."""
    kinds = {"http": (HTTPConnection, HTTPConnectionPool), "https": (HTTPSConnection, HTTPSConnectionPool)}
    pools = {}
    for scheme, (connection, pool) in kinds.items():
        checked = type(f"Checked{connection.__name__}", (_Checked, connection), {"allow_private": allow_private})
        pools[scheme] = type(f"Checked{pool.__name__}", (pool,), {"ConnectionCls": checked})
    return pools


class CheckedAdapter(HTTPAdapter):
    """A requests adapter whose connections all go to checked addresses. Never used with a proxy: that would resolve names itself."""

    def __init__(self, allow_private=False, **options):
        self._allow_private = allow_private
        super().__init__(**options)

    def init_poolmanager(self, *arguments, **options):
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = _pools(self._allow_private)
