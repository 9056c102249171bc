"""All errors a person may meet.

The message says in German what happened, the hint what can be done, the facts carry data for the log (ids, no names).
The marks ``Transient`` and ``Terminal`` tell a runner whether trying again can help.
"""

from __future__ import annotations


class KontaktnetzError(Exception):
    """Say in German what happened (``message``) and what to do about it (``hint``)."""

    def __init__(self, message: str, *, hint: str | None = None, **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message


class Transient:
    """Mark an error that may go away by itself, so that a later try makes sense."""


class Terminal:
    """Mark an error that stays until somebody changes something."""


class ConfigError(KontaktnetzError, Terminal):
    """A setting is missing or contradicts another."""


class FileHeld(KontaktnetzError, Transient):
    """Another program holds a file of ours."""


class NocoDBError(KontaktnetzError):
    """The NocoDB server refused or did not answer."""


class NotFound(NocoDBError, Terminal):
    """A base, table, field or record is not there (any more)."""


class RowGone(NotFound):
    """Somebody deleted the row that was to be changed; its table is there."""


class Conflict(NocoDBError, Terminal):
    """The server already has such a thing, or a value broke a rule of the base."""


class Forbidden(NocoDBError, Terminal):
    """The credential is missing, wrong, or has too few rights."""


class RateLimited(NocoDBError, Transient):
    """The server asked us to slow down."""


class Unavailable(NocoDBError, Transient):
    """The server cannot be reached, or answered with an error of its own."""


class EmbeddedServerError(KontaktnetzError):
    """The NocoDB that we install and start ourselves could not be installed, started or stopped."""


class SourceError(KontaktnetzError, Terminal):
    """A list from outside cannot be read; facts name file, row and column where known."""


class PlanRefused(KontaktnetzError, Terminal):
    """A plan would destroy something (drop, retype, mass change) and nobody allowed it."""


class LeaseHeld(KontaktnetzError, Transient):
    """Another automatic writer is at work on the same base."""


class DeliveryError(KontaktnetzError):
    """A message could not be handed over."""
