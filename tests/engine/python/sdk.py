"""Pulumi's SDK for Python, for programs of the tests.

  sdk.py check      state in one line why this Python cannot run it (exit 1), or nothing
  sdk.py setup      install it: half a minute the first time, nothing later; prints its folder
"""
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent.parent / "support" / "python"))
from installed import Refusal, check, digest, ensure, install, locked

CACHE = HERE.parent.parent.parent / ".cache" / "python"
REQUIREMENTS = HERE / "requirements.txt"
WHAT = "Pulumi's SDK for Python"


def setup():
    venv = CACHE / f"venv-{digest(REQUIREMENTS)}"
    with locked(CACHE):
        ensure(venv, lambda folder: install(WHAT, folder, REQUIREMENTS))
    print(venv, flush=True)


try:
    check(WHAT)
    {"check": lambda: None, "setup": setup}[sys.argv[1]]()
except Refusal as refusal:
    sys.exit(str(refusal))
