"""Who PostgreSQL runs as. It refuses to run as root, so a root's servers run as `postgres`, or `nobody` where there is none."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

from failure import Failure

CANDIDATES = ("postgres", "nobody")


def database_identity():
    """The (uid, gid) to change to, or None: not root, nothing to change."""
    if os.geteuid() != 0:
        return None
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return (entry.pw_uid, entry.pw_gid)
    raise Failure("PostgreSQL must not run as root and there is no user `postgres` or `nobody` to run it: "
                  "start this as an ordinary user.")


def can_enter(folder: Path, identity) -> bool:
    """Whether that user may pass through every parent: asked of the kernel, as that user, in a child."""
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(identity[1])
            os.setuid(identity[0])
            os._exit(0 if os.access(folder, os.X_OK) else 1)
        except OSError:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
