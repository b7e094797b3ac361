"""Free loopback ports. They are taken from below Linux's range of outgoing ports (32768 and up), so that no passing
connection grabs one between our look and the server's bind; a server that loses the race all the same is started again.
"""

from __future__ import annotations

import random
import socket

from failure import Failure

LOOPBACK = "127.0.0.1"
FIRST_PORT, LAST_PORT = 20000, 32000
TRIES = 200


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def free_ports(count: int, preferred=()) -> list:
    """`count` different free ports: the preferred ones that are free come first."""
    found = [port for port in preferred if port and is_free(port)][:count]
    for _ in range(TRIES):
        if len(found) == count:
            return found
        port = random.randint(FIRST_PORT, LAST_PORT)
        if port not in found and is_free(port):
            found.append(port)
    raise Failure(f"no free loopback port was found between {FIRST_PORT} and {LAST_PORT}.")
