"""Whether a request may be answered without signing in: it must come from this machine, to an app that answers it alone."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterable
from urllib.parse import urlsplit

# "always": ask for the sign-in on this machine too, as behind a proxy that names itself in no header.
SWITCH = "ZHENGMING_SIGN_IN"
# What proxies and tunnels add, besides X-Forwarded-…; one of them is enough to know that somebody else asked.
_FORWARDING = frozenset(
    """forwarded via x-real-ip x-client-ip x-cluster-client-ip true-client-ip cf-connecting-ip cf-ray fastly-client-ip
    x-original-host x-original-forwarded-for x-envoy-external-address x-appengine-user-ip fly-client-ip
    x-azure-clientip tailscale-user-login""".split()
)


def needs_sign_in(bound: str | None, client: str | None, headers: Iterable[tuple[str, str]]) -> bool:
    """Whether a request must be signed in, by the address the app is bound to (None: every one), the address that asks
    (None: not known) and the headers. What is not plainly this machine's own is somebody else's."""
    if always_asked() or not is_loopback(bound) or (client and not is_loopback(client)):
        return True
    given = [(name.lower(), value) for name, value in headers]
    if any(name in _FORWARDING or name.startswith("x-forwarded-") for name, _ in given):
        return True
    hosts = [value for name, value in given if name == "host"]
    origins = [value for name, value in given if name == "origin"]
    if len(hosts) != 1 or not _is_loopback_host(hosts[0]):
        return True
    return not all(_is_loopback_origin(origin) for origin in origins)


def always_asked() -> bool:
    """Whether whoever runs the app wants the sign-in everywhere."""
    return os.environ.get(SWITCH) == "always"


def is_loopback(address: str | None) -> bool:
    """Whether an IP address, or the name localhost, means this machine only."""
    if not address:
        return False
    if address.lower() == "localhost":
        return True
    try:
        number = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(number, "ipv4_mapped", None)
    return bool((mapped or number).is_loopback)


def _is_loopback_host(host: str) -> bool:
    """Whether a Host header, NAME or NAME:PORT and nothing else, names this machine."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return False
    return parts.netloc == host and "@" not in host and "\\" not in host and is_loopback(parts.hostname)


def _is_loopback_origin(origin: str) -> bool:
    scheme, _, host = origin.partition("://")
    return scheme in ("http", "https") and _is_loopback_host(host)
