"""A private PostgreSQL, and the check of one that exists already.

It listens on one loopback port and on no unix socket, and wants a password (scram) that is made up here. It never runs as root.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from failure import Failure, show_log_tail
from identity import can_enter, database_identity
from ports import LOOPBACK, answers, free_ports
from process import dies_with_parent, start_server, stop_servers
from tools import MIN_POSTGRES, find_postgres, version_of

ROLE = "jangteo"
DATABASE = "jangteo"
DEFAULT_PORT = 5432
START_LIMIT_S = 60
START_ATTEMPTS = 5
SETTINGS = {"listen_addresses": LOOPBACK, "unix_socket_directories": "", "max_connections": "300",
            "shared_buffers": "256MB", "max_wal_size": "2GB"}
# For tests only: what a crash would lose is thrown away at the end anyway.
FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Database:
    """A started PostgreSQL; `port` is worth remembering for another start."""

    def __init__(self, url: str, server, port: int):
        self.url, self.server, self.port = url, server, port


def home_in(folder: Path, lasting: bool) -> Path:
    """The folder for PostgreSQL's data: `folder/postgres`, or, where its user can't get there, a private one elsewhere."""
    identity = database_identity()
    if identity is None or can_enter(folder, identity):
        home = folder / "postgres"
        home.mkdir(exist_ok=True)
    else:
        home = Path(tempfile.mkdtemp(prefix="jangteo-postgres-", dir="/var/tmp" if lasting else None))
    home.chmod(0o700)
    if identity:
        os.chown(home, *identity)
    return home


def start(home: Path, log: Path, password_file: Path, fast=False, preferred_port=None, keep_fds=()) -> Database:
    """Creates what is missing, starts, and waits until it answers."""
    identity = database_identity()
    data = home / "data"
    made_by = int((data / "PG_VERSION").read_text()) if data.exists() else 0
    binaries = find_postgres(made_by)
    if identity and not can_enter(binaries, identity):
        raise Failure(f"{binaries} can't be reached by the user that PostgreSQL is to run as: "
                      "open its folders, or start this as an ordinary user.")
    if not made_by:
        create_data(binaries, data, password_file, identity)
    password = password_file.read_text().strip()
    for _ in range(START_ATTEMPTS):
        port = free_ports(1, (preferred_port,))[0]
        server = run_postgres(binaries, data, log, port, fast, identity, keep_fds)
        try:
            if wait_until_ready(binaries, server, port):
                url = f"postgres://{ROLE}:{password}@{LOOPBACK}:{port}/{DATABASE}"
                create_database(binaries, url)
                return Database(url, server, port)
        except BaseException:
            stop_servers([server])
            raise
        time.sleep(1)  # the port was taken, or an earlier one of ours still shuts down
    show_log_tail(log)
    raise Failure(f"PostgreSQL stopped right after its start, {START_ATTEMPTS} times; the end of its log is above.")


def create_data(binaries: Path, data: Path, password_file: Path, identity) -> None:
    """initdb works on a folder beside, which takes the name when it is whole: a broken-off run leaves nothing half made."""
    half_made = data.with_name("data.new")
    shutil.rmtree(half_made, ignore_errors=True)
    if not password_file.exists():
        write_private(password_file, secrets.token_hex(24) + "\n")
    copy = data.with_name("password")  # readable by the user that initdb runs as
    write_private(copy, password_file.read_text())
    if identity:
        os.chown(copy, *identity)
    as_user = {"user": identity[0], "group": identity[1], "extra_groups": []} if identity else {}
    argv = [binaries / "initdb", "--pgdata", half_made, "--username", ROLE, "--pwfile", copy, "--auth", "scram-sha-256",
            "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-instructions"]
    done = subprocess.run(list(map(str, argv)), capture_output=True, text=True, cwd="/", env=clean_environment(),
                          preexec_fn=dies_with_parent(signal.SIGTERM), **as_user)
    copy.unlink()
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["it did not say why"]
        raise Failure(f"initdb of {binaries} failed: {lines[-1]}")
    half_made.rename(data)


def run_postgres(binaries, data, log, port, fast, identity, keep_fds):
    settings = {**SETTINGS, **(FAST_SETTINGS if fast else {})}
    argv = [binaries / "postgres", "-D", data, "-p", port]
    for name, value in settings.items():
        argv += ["-c", f"{name}={value}"]
    # SIGINT is PostgreSQL's "fast shutdown": it ends sessions, writes a checkpoint and leaves.
    return start_server("postgres", argv, log, signal.SIGINT, identity, clean_environment(), keep_fds)


def wait_until_ready(binaries: Path, server, port: int) -> bool:
    deadline = time.monotonic() + START_LIMIT_S
    probe = [str(binaries / "pg_isready"), "-q", "-h", LOOPBACK, "-p", str(port)]
    while time.monotonic() < deadline:
        if not server.alive():
            return False
        if subprocess.run(probe, env=clean_environment()).returncode == 0:
            return server.alive()
        time.sleep(0.05)
    show_log_tail(server.log)
    raise Failure(f"PostgreSQL was started but did not answer within {START_LIMIT_S} s.")


def create_database(binaries: Path, url: str) -> None:
    exists = f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"
    if not psql(binaries / "psql", url, "-c", exists, database="postgres").strip():
        psql(binaries / "psql", url, "-c", f"CREATE DATABASE {DATABASE}", database="postgres")


def psql(program: Path, url: str, *arguments, database: str = "") -> str:
    """Runs psql and returns what it printed. The password goes through the environment, never the command line."""
    argv = [str(program), "-X", "-q", "-A", "-t", "-w", "-v", "ON_ERROR_STOP=1", *arguments]
    done = subprocess.run(argv, capture_output=True, text=True, env=connection_environment(url, database))
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.strip()] or ["it did not say why"]
        fatal = [line for line in lines if "ERROR:" in line or "FATAL:" in line or "error:" in line] or lines
        raise Failure(f"psql says: {fatal[0].strip().removeprefix('psql: ').removeprefix('error: ').rstrip('.')}.")
    return done.stdout


def connection_environment(url: str, database: str = "") -> dict:
    address = urlsplit(url)
    query = parse_qs(address.query)
    told = {"PGHOST": address.hostname or query.get("host", [""])[0], "PGPORT": str(address.port or DEFAULT_PORT),
            "PGUSER": unquote(address.username or ""), "PGPASSWORD": unquote(address.password or ""),
            "PGDATABASE": database or unquote(address.path.lstrip("/")), "PGSSLMODE": query.get("sslmode", [""])[0],
            "PGCONNECT_TIMEOUT": "5"}
    return {**clean_environment(), **{name: value for name, value in told.items() if value}}


def with_database(url: str, name: str) -> str:
    """The same server and role, another database."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def clean_environment() -> dict:
    """No PG* variable of the person's own, and English messages."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8"}


def write_private(path: Path, text: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


def client_program():
    """Some psql that runs, for a database that exists already; None where there is none. Nothing is installed for it."""
    candidates = [shutil.which("psql"), *sorted(Path("/usr/lib/postgresql").glob("*/bin/psql"), reverse=True)]
    # Debian's psql on PATH may be a mere wrapper that finds no client to run.
    return next((Path(program) for program in candidates if program and version_of(program, "--version")), None)


def check_existing(variable: str, url: str) -> None:
    try:
        address = urlsplit(url)
        host, port = address.hostname, address.port or DEFAULT_PORT
    except ValueError:
        address, host, port = urlsplit(""), None, None
    if address.scheme not in ("postgres", "postgresql"):
        raise Failure(f"{variable} is no postgres://user:password@host:port/database address.")
    if host and not answers(host, port):
        raise Failure(f"{variable}: nothing answers at {host}:{port}.")
    program = client_program()
    if program is None:
        return  # Its version is then told by the first query of Jangteo itself.
    try:
        number = int(psql(program, url, "-c", "SHOW server_version_num"))
    except Failure as failure:
        raise Failure(f"{variable}: {failure}") from None
    if number < MIN_POSTGRES * 10000:
        raise Failure(f"{variable}: that is PostgreSQL {number // 10000}; Jangteo needs {MIN_POSTGRES} or newer.")
