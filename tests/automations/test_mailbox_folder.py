"""What a folder of a real mailbox tells of its mails."""

from __future__ import annotations

import errno

import imap_server
import pytest
from made_up_mails import US, mail
from pydantic import SecretStr
from servers import require

from automations.incoming.mails import ident_of, text_of
from automations.mail import imap
from automations.mail.imap import BEGINNING, Folder, MailboxAway, open_folder, open_mailbox
from schemas.errors import ConfigError, KontaktnetzError
from sync.settings import Settings


def _opened(server):
    return Settings(
        imap_host="127.0.0.1", imap_port=server.port, imap_user=imap_server.USER,
        imap_password=SecretStr(imap_server.PASSWORD),
    )  # fmt: skip


def test_mails_with_big_attachments_keep_words_and_calendars_and_are_fetched_a_few_at_a_time(monkeypatch):
    require(imap_server.program(), "dovecot ist nicht installiert (`.ci/run`).")
    monkeypatch.setattr(imap, "TOGETHER", 3_000_000)
    monkeypatch.setattr(imap, "MOST", 6_000_000)
    mails = []
    for number, size in enumerate([10, 2_000_000, 10, 2_500_000, 10, 7_000_000, 10]):
        made = mail(f"Foto {number}", "a@b.de", US, number=number, text=f"Anbei {number}")
        made.add_attachment(b"x" * size, maintype="image", subtype="jpeg", filename="foto.jpg")
        made.add_attachment(f"BEGIN:VCALENDAR {number}", subtype="calendar")
        mails.append(bytes(made))
    fetched = []
    told = Folder._told

    def noted(self, numbers, parts):
        if "BODY" in parts:
            fetched.append((list(numbers), parts))
        return told(self, numbers, parts)

    monkeypatch.setattr(Folder, "_told", noted)
    with imap_server.imap_server() as server:
        server.put(mails)
        with open_mailbox(_opened(server)) as box:
            folder = open_folder(box, "Kontaktverlauf")
            numbers = folder.numbers_after(0)
            whole = folder.whole([*numbers, 999])
            assert folder.whole([]) == {}
    assert list(whole) == numbers
    assert [text_of(whole[n]) for n in numbers] == [f"Anbei {n}" for n in range(7)]
    kept = [[len(part.get_payload()) for part in whole[n].walk() if part.get_content_type() == "image/jpeg"]
            for n in numbers]  # fmt: skip
    assert [sizes != [0] for sizes in kept] == [True, False, True, False, True, True, True]
    calendars = [[p.get_payload(decode=True) for p in whole[n].walk() if p.get_content_type() == "text/calendar"]
                 for n in numbers]  # fmt: skip
    assert [any(f"VCALENDAR {n}".encode() in c for c in calendars[n]) for n in range(7) if n != 5] == [True] * 6
    assert [those for those, parts in fetched if "TEXT" in parts] == [[numbers[5]]]
    together = [those for those, parts in fetched if "BODY.PEEK[]" in parts]
    assert together == [numbers[:3], numbers[3:4], [numbers[4], numbers[6], 999]]


def test_a_wrong_password_with_umlauts_is_told_as_one_and_a_full_disk_is_no_mailbox_that_is_away():
    require(imap_server.program(), "dovecot ist nicht installiert (`.ci/run`).")
    with imap_server.imap_server() as server:
        wrong = _opened(server).model_copy(update={"imap_password": SecretStr("geheim€ß")})
        with pytest.raises(ConfigError, match="nimmt die Anmeldung nicht an"), open_mailbox(wrong):
            pass
        with pytest.raises(KontaktnetzError, match="kein Platz mehr") as caught, open_mailbox(_opened(server)):
            raise OSError(errno.ENOSPC, "no space left")
        assert not isinstance(caught.value, MailboxAway)


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
