"""Which mail servers may be spoken to without encryption."""

from __future__ import annotations

import ipaddress


def is_on_this_machine(host: str) -> bool:
    """Say whether what is sent to this host never leaves this machine.

    >>> is_on_this_machine("127.0.0.1"), is_on_this_machine("mail.example.org")
    (True, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
