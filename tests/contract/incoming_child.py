"""A run of the mailbox job in a process of its own, made to be killed; its clock may be ahead."""

from __future__ import annotations

import datetime as dt
import sys

from automations.jobs import mailbox
from sync.settings import load_settings


def _run(minutes: str) -> None:
    mailbox._moment = lambda: dt.datetime.now(dt.UTC) + dt.timedelta(minutes=int(minutes))
    print("begun", flush=True)
    print(mailbox.run(load_settings(), mailbox._moment()), flush=True)


if __name__ == "__main__":
    _run(*sys.argv[1:])
