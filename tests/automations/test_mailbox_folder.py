"""What a folder of a real mailbox tells of its mails."""

from __future__ import annotations

import imap_server
from made_up_mails import US, mail
from pydantic import SecretStr
from servers import require

from automations.incoming.mails import ident_of, text_of
from automations.mail.imap import BEGINNING, open_folder, open_mailbox
from sync.settings import Settings


def test_the_beginning_of_a_mail_tells_it_apart_without_what_is_attached():
    require(imap_server.program(), "dovecot ist nicht installiert (`.ci/run`).")
    heavy = mail("Heft", "a@b.de", US, number=1, text="Anbei das Heft")
    heavy.add_attachment(b"x" * 3 * BEGINNING, maintype="application", subtype="pdf", filename="heft.pdf")
    same = mail("Heft", "a@b.de", US, number=1, text="Nun doch ein anderes")
    empty = b"From: a@b.de\r\nSubject: leer\r\n\r\n"
    with imap_server.imap_server() as server:
        server.put([bytes(heavy), bytes(same), empty, "Subject: Grüße\r\n\r\nGrüße {5}\r\n)".encode()])
        settings = Settings(
            imap_host="127.0.0.1", imap_port=server.port, imap_user=imap_server.USER,
            imap_password=SecretStr(imap_server.PASSWORD),
        )  # fmt: skip
        with open_mailbox(settings) as box:
            folder = open_folder(box, "Kontaktverlauf")
            numbers = folder.numbers_after(0)
            begun, whole = folder.beginnings(numbers), folder.whole(numbers)
            assert "application" in folder.structures(numbers)[numbers[0]]
    assert [text_of(begun[n]) for n in numbers] == [text_of(whole[n]) for n in numbers]
    assert [ident_of(begun[n]) for n in numbers] == [ident_of(whole[n]) for n in numbers]
    assert len({ident_of(one) for one in begun.values()}) == 4
    assert len(bytes(begun[numbers[0]])) < 2 * BEGINNING
