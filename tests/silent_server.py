"""A server that takes connections and then does nothing, or too little: what a time limit is tried with."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator


@contextlib.contextmanager
def serve(first: bytes = b"", then: bytes = b"", pause: float = 0.05) -> Iterator[tuple[str, list[socket.socket]]]:
    """Yield the address of a server that sends ``first``, and then ``then`` again and again, and whom it served."""
    served: list[socket.socket] = []

    def drip(line: socket.socket) -> None:
        with contextlib.suppress(OSError), line:
            line.recv(65536)
            line.sendall(first)
            while True:
                line.sendall(then)
                time.sleep(pause)

    def take(listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = listening.accept()
                served.append(line)
                threading.Thread(target=drip, args=(line,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=take, args=(listening,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}", served
        finally:
            for line in served:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
