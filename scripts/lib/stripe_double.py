"""Finds localstripe, a stand-in for Stripe's API that tests talk to, or installs its pinned files into `.dev/tools`.

It is licensed under the GPL and runs as a program of its own; nothing of it becomes part of Jangteo. Of its releases only
some have a wheel, and this one is built from its pinned source by a pinned setuptools, without anything else.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import tools

LOCALSTRIPE = ("localstripe", "1.15.10", ["e055538b786cee59f80c86d4ab7f7b31fb2cf32c3cbd28320cb463fc62dac220"])
# Of the packages that have compiled wheels too, the hash of the plain one is named: it runs with any Python.
NEEDED = [
    ("setuptools", "84.2.1", ["ca140b45d5325a9478f880e351484f62fef15f336462e449ca0c03c873d589c2"]),
    ("aiohappyeyeballs", "2.7.1", ["9243213661e29250eb41368e5daa826fc017156c3b8a11440826b2e3ed376472"]),
    ("aiohttp", "3.14.5", [
        "50a195903119008fe9cc68710535eb37f556ffffd6a7759afe70a2c145587045",  # CPython 3.11, x86_64
        "32e8fa6644e541fcd7e02430588c7fc93b602c1778ea0bc345505db76b61cfb4",  # CPython 3.11, aarch64
        "20f085697d7e911f1f73c43ed03fafbed1e7121797e2eb5428efa80398060584",  # CPython 3.12, x86_64
        "abfda5cb094a829f7bc25216a32f7db2e85cc65bd59910f8e7b40b3d9b224764",  # CPython 3.12, aarch64
        "1ffa3a523a36d8628f98c06492ae16a31a23d14c0b4ec721757b477319f656d6",  # CPython 3.13, x86_64
        "74efb69332b85675b1eabd760a8cfc2e2cf42c60607c66f88014c1bdfb40942d",  # CPython 3.13, aarch64
        "94684b879ac1d71e4238850c99b62dc1b28d9086b156a2555f082010b85a865c",  # CPython 3.14, x86_64
        "1eb8167961ec4dfcc8cb9dd50bd0ee72519f7ef496be95203e49e27b01618382",  # CPython 3.14, aarch64
    ]),
    ("aiosignal", "1.4.0", ["053243f8b92b990551949e63930a839ff0cf0b0ebbe0597b0f3fb19e1a0fe82e"]),
    ("attrs", "26.1.0", ["c647aa4a12dfbad9333ca4e71fe62ddc36f4e63b2d260a37a8b83d2f043ac309"]),
    ("frozenlist", "1.8.0", ["0c18a16eab41e82c295618a77502e17b195883241c563b00f0aa5106fc4eaa0d"]),
    ("idna", "3.20", ["ab7ae7122974553370f0bdb919e1a960b2cd1bc1ef0276416d896db81c14582c"]),
    ("multidict", "7.2.1", ["08ea94663d9e7c25d14d78222f7aee906c472d4837766bec62477c38f6e419dc"]),
    ("propcache", "0.5.4", ["62c60aec739ed00124573cce1178138fd690c7676352d67a37328c1cf51d7468"]),
    ("python-dateutil", "4.0.0", ["a5e246f79eb80475e691bf93862cead98decd8a498cf53ba0516fcdc0f50dc1c"]),
    ("typing_extensions", "4.16.0", ["481caa481374e813c1b176ada14e97f1f67a4539ce9cfeb3f350d78d6370c2e8"]),
    ("tzdata", "2026.6", ["0a10eec6e13ef16b627fabed9a5f2ba61a62b1c67f327305f4e7e412a70b4aec"]),
    ("yarl", "1.25.1", ["681c758b0490f9e96b78e5fa8e8dc6e648e9185bb6eaebe73183c33ea0c445f3"]),
]
ADVICE = "name a program in LOCALSTRIPE_BIN that serves a stand-in for Stripe and prints its address"


def find() -> Path:
    """The program that serves it."""
    named = os.environ.get("LOCALSTRIPE_BIN")
    if named:
        return Path(named)
    folder()
    return tools.ROOT / "scripts" / "localstripe"


def folder() -> Path:
    """Where its modules are: compiled for this very Python."""
    name, version, _ = LOCALSTRIPE
    return tools.install_once(f"{name}-{version}-{sys.implementation.cache_tag}", fetch, ADVICE)


def fetch(target: Path) -> None:
    tools.pip_install(NEEDED, target, ADVICE)
    by_pinned_setuptools = ("--no-binary", ":all:", "--no-build-isolation")
    tools.pip_install([LOCALSTRIPE], target, ADVICE, by_pinned_setuptools, {"PYTHONPATH": str(target)})
