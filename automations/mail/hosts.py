"""Which mail servers may be spoken to without encryption, and what is wrong with that of the others."""

from __future__ import annotations

import ipaddress
import ssl

from schemas.errors import ConfigError


def is_on_this_machine(host: str) -> bool:
    """Say whether what is sent to this host never leaves this machine.

    >>> is_on_this_machine("127.0.0.1"), is_on_this_machine("mail.example.org")
    (True, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def tls_problem(problem: BaseException, where: str, setting: str) -> ConfigError | None:
    """Return in German what is wrong with a server's encryption, None where a failure is none of that kind.

    ``where`` names the server, ``setting`` is what its settings begin with. A handshake that breaks off is not told:
    the server may only be busy.
    """
    if isinstance(problem, ssl.SSLCertVerificationError):
        return ConfigError(
            f"{where} weist sich mit einem Zertifikat aus, dem nicht zu trauen ist ({problem.verify_message}).",
            hint=f"Bitte prüfen Sie den Namen bei {setting}_HOST; es muss der sein, den der Anbieter nennt. Stimmt er, "
            "muss der Anbieter das Zertifikat erneuern.",
        )
    if isinstance(problem, ssl.SSLError) and problem.reason == "WRONG_VERSION_NUMBER":
        return ConfigError(
            f"{where} spricht an diesem Port nicht verschlüsselt, wie erwartet.",
            hint=f"Bitte prüfen Sie den Port bei {setting}_PORT.",
        )
    return None
