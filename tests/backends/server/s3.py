"""An S3-compatible server on loopback for the tests: moto's.

  s3.py check      say in one line why this Python cannot run it (exit 1), or nothing
  s3.py setup      install it: some seconds the first time, nothing later
  s3.py serve      print {"port", "bucket"} once it answers; the bucket is new, in memory, and empty

`serve` ends when its standard input closes, so it never outlives the process that started it.
"""
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent.parent / "support" / "python"))
from installed import Refusal, check, clean_environment, digest, ensure, install, locked

CACHE = HERE.parent.parent.parent / ".cache" / "s3"
REQUIREMENTS = HERE / "requirements.txt"
WHAT = "the S3 server"


def venv():
    return CACHE / f"venv-{digest(REQUIREMENTS)}"


def setup():
    with locked(CACHE):
        ensure(venv(), lambda folder: install(WHAT, folder, REQUIREMENTS))


def serve():
    if not venv().exists():
        raise Refusal(f"{WHAT} is not set up yet: run s3.py setup first")
    python = str(venv() / "bin" / "python")
    os.execve(python, [python, "-W", "ignore", str(HERE / "server.py")], clean_environment(CACHE))


try:
    check(WHAT)
    {"check": lambda: None, "setup": setup, "serve": serve}[sys.argv[1]]()
except Refusal as refusal:
    sys.exit(str(refusal))
