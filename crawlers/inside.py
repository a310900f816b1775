"""Which hosts are this machine or of its own network, for addresses that somebody gives from afar.

Without this, whoever may name an address could have this machine read what only it can reach: its own services, the
office's other machines, a cloud's metadata (https://owasp.org/www-community/attacks/Server_Side_Request_Forgery).
"""

from __future__ import annotations

import asyncio
import ipaddress
from urllib.request import getproxies, proxy_bypass


async def is_inside(host: str, scheme: str) -> bool:
    """Say whether a host is not out on the public network.

    Behind a proxy only the proxy looks names up, so that there a host is judged by its own spelling.
    """
    host = host.rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not is_public(host)
    except ValueError:
        pass  # a name
    if scheme in getproxies() and not proxy_bypass(host):
        return False
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None)
    except OSError:
        return False  # the crawl will say so
    return not all(is_public(str(place[0])) for *_, place in found)


def is_public(address: str) -> bool:
    """Say whether an IP address is reachable from everywhere. Raises ValueError for what is no address."""
    found = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found.sixtofour or found
    return found.is_global and not found.is_multicast
