"""How the scripts talk to a person: progress on stderr, and one clear sentence when they must give up.

A `Failure` is what a person can act on, and so is a file that can't be used. Anything else that is raised is a bug in the
scripts and keeps its traceback.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path


class Failure(Exception):
    """One sentence that says what is wrong and, where there is one, the way out."""


def say(text: str) -> None:
    print(f"· {text}", file=sys.stderr, flush=True)


def show_log_tail(log: Path, lines: int = 12) -> None:
    """The end of a server's log: its folder may be gone a moment later."""
    try:
        tail = log.read_text(errors="replace").splitlines()[-lines:]
    except OSError:
        return
    for line in tail:
        print(f"    {line}", file=sys.stderr)


def run(main) -> None:
    """Runs a script's `main`, which returns its exit code."""

    def terminated(number, _frame):
        raise SystemExit(128 + number)

    # Set even where a background shell had them ignored, so that a kill always cleans up. `nohup` is respected.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, terminated)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, terminated)
    try:
        sys.exit(main(sys.argv[1:]))
    except Failure as failure:
        print(f"{Path(sys.argv[0]).name}: {failure}", file=sys.stderr)
        sys.exit(1)
    except OSError as error:  # a folder of another user, a full disk
        if not error.filename:
            raise
        print(f"{Path(sys.argv[0]).name}: cannot use {error.filename}: {error.strerror}.", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
