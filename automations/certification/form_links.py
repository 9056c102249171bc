"""The link by which a placement fills in its self-assessment: it names the row of the case and its mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from automations.row_links import SECRET_FILE, RowLinks, RowSigner
from schemas.certification.tables import Certification
from sync.connection import Connection
from sync.kept_secret import kept_secret
from sync.nocodb.store import TableStore
from sync.outgoing import to_public
from sync.settings import Settings

PATH = "/e/"
"""Questionnaires live below this path; it stands in mails, so it stays."""


@dataclass(frozen=True, slots=True)
class FormSigner(RowSigner):
    """Makes and reads the tokens of questionnaires."""

    purpose: ClassVar[str] = "fragebogen"


@dataclass(frozen=True, slots=True)
class FormLinks(RowLinks):
    """The links to the questionnaires of one base."""

    gone: ClassVar[str] = "Diesen Fall gibt es nicht mehr."
    busy: ClassVar[str] = "Den Link zu diesem Fragebogen ändert gerade jemand anderes."


def open_form_signer(settings: Settings, base: str) -> FormSigner:
    """Return the signer of this installation; its key is made when first needed. ``base`` is the id of the base."""
    return FormSigner(kept_secret(settings.data_dir / SECRET_FILE), base)


def open_form_links(settings: Settings, opened: Connection) -> FormLinks:
    """Return the links of a base, written with the token of whoever opened it.

    Raises:
        ConfigError: the base has no certifications, or not as we know them.
    """
    store = TableStore(opened.client, opened.base, Certification)
    return FormLinks(store, open_form_signer(settings, opened.base.id))


def form_url(settings: Settings, token: str) -> str:
    """Return the address of a questionnaire, empty where a placement could not open it."""
    address = to_public(settings).address
    return f"{address}{PATH}{token}" if address else ""
