"""Processes that these scripts start, and end: always by their own pid, never by name.

A server dies with its parent (PR_SET_PDEATHSIG), whatever kills the parent. It lives in a session of its own, so that a
Ctrl-C at the terminal reaches the command that uses it and not the server under its feet.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from failure import Failure, say, show_log_tail

PR_SET_PDEATHSIG = 1
SI_KERNEL = 0x80  # si_code of a signal that the terminal sent, to the whole foreground group
TICK_S = 0.25
STOP_LIMIT_S = 30
COMMAND_STOP_LIMIT_S = 30
LIBC = ctypes.CDLL(None, use_errno=True)
STOPPING_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


class Server:
    """A server that was started here: `stop_signal` asks it to end in order."""

    def __init__(self, name: str, process: subprocess.Popen, log: Path, stop_signal: int):
        self.name, self.process, self.log, self.stop_signal = name, process, log, stop_signal
        self.death_told = False

    def alive(self) -> bool:
        return self.process.poll() is None

    def tell_death_once(self) -> None:
        if self.alive() or self.death_told:
            return
        self.death_told = True
        say(f"{self.name} has stopped by itself (exit code {self.process.returncode}); the end of its log:")
        show_log_tail(self.log)


def dies_with_parent(death_signal: int):
    """A preexec_fn. It runs after setuid, which would clear the setting."""
    parent = os.getpid()

    def set_up():
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING_SIGNALS | {signal.SIGCHLD})
        LIBC.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:  # it was gone before the setting took hold
            os._exit(1)

    return set_up


def start_server(name, argv, log: Path, stop_signal, identity=None, env=None, keep_fds=()) -> Server:
    """`identity` is the (uid, gid) to run as; `keep_fds` stay open in the server (a lock that it holds while it lives)."""
    as_user = {}
    if identity:
        as_user = {"user": identity[0], "group": identity[1], "extra_groups": []}
    with open(log, "ab") as sink:
        process = subprocess.Popen(
            [str(word) for word in argv], stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, cwd="/", env=env,
            start_new_session=True, pass_fds=keep_fds, preexec_fn=dies_with_parent(stop_signal), **as_user)
    return Server(name, process, log, stop_signal)


def stop_servers(servers) -> None:
    """All at once, in order first and by force past the limit. A second Ctrl-C does not cut it short."""
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING_SIGNALS)
    living = [server for server in servers if server.alive()]
    for server in living:
        server.process.send_signal(server.stop_signal)
    deadline = time.monotonic() + STOP_LIMIT_S
    for server in living:
        try:
            server.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"{server.name} did not stop within {STOP_LIMIT_S} s and is killed")
            server.process.kill()
            server.process.wait()


def supervise(argv, env, servers=(), each_tick=None) -> int:
    """Runs the command until it ends and passes signals on to it. Returns its exit code, 128 + n for signal n.

    At a terminal the command shares our process group and gets Ctrl-C from the terminal itself; elsewhere it leads
    a group of its own, so that what it started gets the signals too. `each_tick` is called a few times per second
    with the process.
    """
    own_group = not sys.stdin.isatty()
    awaited = STOPPING_SIGNALS | {signal.SIGCHLD}
    signal.pthread_sigmask(signal.SIG_BLOCK, awaited)
    die = dies_with_parent(signal.SIGTERM)

    def set_up():
        if own_group:
            os.setpgid(0, 0)
        die()

    try:
        command = subprocess.Popen([str(word) for word in argv], env=env, preexec_fn=set_up)
    except (FileNotFoundError, PermissionError) as error:
        raise Failure(f"cannot run {argv[0]}: {error.strerror}.") from None
    kill_at = None
    while command.poll() is None:
        received = signal.sigtimedwait(awaited, TICK_S)
        if received and received.si_signo in STOPPING_SIGNALS:
            kill_at = kill_at or time.monotonic() + COMMAND_STOP_LIMIT_S
            pass_on(command, received, own_group)
        if kill_at and time.monotonic() > kill_at and command.poll() is None:
            say(f"the command did not stop within {COMMAND_STOP_LIMIT_S} s and is killed")
            signal_command(command, signal.SIGKILL, own_group)
        for server in servers:
            server.tell_death_once()
        if each_tick:
            each_tick(command)
    code = command.returncode
    return 128 - code if code < 0 else code


def pass_on(command, received, own_group: bool) -> None:
    from_terminal = received.si_code == SI_KERNEL
    if own_group or not from_terminal:
        signal_command(command, received.si_signo, own_group)


def signal_command(command, number: int, own_group: bool) -> None:
    try:
        if own_group:
            os.killpg(command.pid, number)
        else:
            os.kill(command.pid, number)
    except ProcessLookupError:
        pass
