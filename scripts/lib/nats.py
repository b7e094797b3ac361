"""Private nats-servers (one node, or a cluster of three), and the check of ones that exist already.

JetStream keeps files and calls fsync before every acknowledgement (`sync_interval: always`), in the cluster too: tests and
figures on softer settings would say nothing about the durable ones.
"""

from __future__ import annotations

import json
import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from failure import Failure, show_log_tail
from ports import LOOPBACK, free_ports
from process import start_server, stop_servers
from tools import MIN_NATS, dotted

DEFAULT_PORT = 4222
SCHEMES = ("nats", "tls")
START_LIMIT_S = 30
START_ATTEMPTS = 3
INFO_LIMIT_BYTES = 1 << 20
CLUSTER_SIZE = 3

NODE = """\
server_name: {name}
listen: "{host}:{port}"
http: "{host}:{monitor_port}"
jetstream {{
    store_dir: {store}
    sync_interval: always
}}
"""
CLUSTER = """\
cluster {{
    name: jangteo
    listen: "{host}:{port}"
    routes: [{routes}]
}}
"""


class Nodes:
    """Started nodes: their URL (comma separated for a cluster), their servers, their ports for another start."""

    def __init__(self, url: str, servers: list, ports: list):
        self.url, self.servers, self.ports = url, servers, ports


def start_single(binary: Path, folder: Path, preferred_ports=(), keep_fds=()) -> Nodes:
    return start_with_retries(binary, folder, 1, preferred_ports, keep_fds)


def start_cluster(binary: Path, folder: Path) -> Nodes:
    return start_with_retries(binary, folder, CLUSTER_SIZE, (), ())


def start_with_retries(binary, folder, size, preferred_ports, keep_fds) -> Nodes:
    """Someone may take a port between our look and the bind: then the whole is started again on others."""
    for attempt in range(1, START_ATTEMPTS + 1):
        ports = free_ports(size * (2 if size == 1 else 3), preferred_ports)
        servers = []
        try:
            for node in range(size):
                servers.append(start_node(binary, folder, node, size, ports, keep_fds))
            if wait_until_ready(servers, ports, size):
                return Nodes(",".join(f"nats://{LOOPBACK}:{port}" for port in ports[:size]), servers, ports)
        except BaseException:
            stop_servers(servers)
            raise
        stop_servers(servers)
        if attempt == START_ATTEMPTS:
            show_log_tail(servers[0].log)
    raise Failure(f"nats-server stopped right after its start, {START_ATTEMPTS} times; the end of its log is above.")


def start_node(binary, folder, node, size, ports, keep_fds):
    """`ports` holds the nodes' client ports first, then their monitoring ports, then their routes."""
    name = "nats" if size == 1 else f"nats-{node + 1}"
    home = folder / name
    home.mkdir(parents=True, exist_ok=True)
    text = NODE.format(name=name, host=LOOPBACK, port=ports[node], monitor_port=ports[size + node],
                       store=json.dumps(str(home / "store")))
    if size > 1:
        routes = ", ".join(f'"nats://{LOOPBACK}:{port}"' for port in ports[2 * size:])
        text += CLUSTER.format(host=LOOPBACK, port=ports[2 * size + node], routes=routes)
    config = home / "nats.conf"
    config.write_text(text)
    return start_server(name, [binary, "--config", config], home / "nats.log", signal.SIGTERM, keep_fds=keep_fds)


def wait_until_ready(servers, ports, size) -> bool:
    """False where a node has stopped; a node that lives and never gets ready is a failure of its own."""
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline:
        if not all(server.alive() for server in servers):
            return False
        if all(node_is_ready(ports[node], ports[size + node], size) for node in range(size)):
            return True
        time.sleep(0.1)
    show_log_tail(servers[0].log)
    waited_for = "its JetStream" if size == 1 else "a JetStream leader in its cluster"
    raise Failure(f"nats-server was started but {waited_for} was not ready within {START_LIMIT_S} s.")


def node_is_ready(port: int, monitor_port: int, size: int) -> bool:
    try:
        check_version(read_info(LOOPBACK, port), f"the nats-server started at port {port}")
        monitored(monitor_port, "/healthz")
        meta = monitored(monitor_port, "/jsz").get("meta_cluster") or {}
    except (OSError, ValueError):
        return False
    return size == 1 or (bool(meta.get("leader")) and meta.get("cluster_size") == size)


def monitored(port: int, path: str) -> dict:
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"http://{LOOPBACK}:{port}{path}", timeout=2) as reply:
        return json.load(reply)


def read_info(host: str, port: int) -> dict:
    """A NATS server speaks first: one line, `INFO {json}`. ValueError where something else answers."""
    received = b""
    with socket.create_connection((host, port), timeout=3) as connection:
        connection.settimeout(3)
        while b"\n" not in received and len(received) < INFO_LIMIT_BYTES:
            part = connection.recv(65536)
            if not part:
                break
            received += part
    if not received.startswith(b"INFO "):
        raise ValueError("no INFO line")
    return json.loads(received[5:].split(b"\n")[0])


def check_version(info: dict, whose: str) -> None:
    version = tuple(int(part) for part in str(info.get("version", "0")).split("-")[0].split(".") if part.isdigit())
    if version < MIN_NATS:
        raise Failure(f"{whose} is nats-server {info.get('version')}; Jangteo needs {dotted(MIN_NATS)} or newer.")
    if not info.get("jetstream"):
        raise Failure(f"{whose} runs without JetStream, which Jangteo's log lives in.")


def check_existing(variable: str, urls: str) -> None:
    """Every URL of the list must make sense, and at least one must answer as a new enough server."""
    reasons = []
    for url in (part.strip() for part in urls.split(",")):
        try:
            address = urlsplit(url if "://" in url else f"nats://{url}")
            host, port = address.hostname, address.port or DEFAULT_PORT
        except ValueError:
            address, host, port = None, None, None
        if not host or address.scheme not in SCHEMES:
            raise Failure(f"{variable} is {urls!r}, which is no nats://host:port address.")
        try:
            info = read_info(host, port)
        except ValueError:
            raise Failure(f"{variable}: what answers at {host}:{port} is no NATS server.") from None
        except OSError as error:
            reasons.append(f"{host}:{port}: {error.strerror or error}")
            continue
        check_version(info, f"{variable}: the server at {host}:{port}")
        return
    raise Failure(f"{variable}: no NATS server answers ({'; '.join(reasons)}).")
