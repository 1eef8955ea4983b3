"""What the Python programs of the tests have in common: their packages, in .cache, and their end."""
import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

_BEGIN = time.monotonic()
LOOPBACK = "127.0.0.1"
PYTHONS = [(3, 11), (3, 12), (3, 13)]


class Refusal(Exception):
    """Ends the program with its one-line message."""


def say(line):
    """Prints a line of progress."""
    print(f"[{time.monotonic() - _BEGIN:4.0f} s] {line}", flush=True)


def check(what):
    """Raises a Refusal unless this Python is of one of the versions and can make environments."""
    version = sys.version_info[:2]
    if version not in PYTHONS:
        raise Refusal(f"{what} needs Python 3.11 to 3.13, this is {version[0]}.{version[1]}")
    for module in ("ensurepip", "venv", "sqlite3", "ssl"):
        try:
            __import__(module)
        except ImportError:
            raise Refusal(f"Python {version[0]}.{version[1]} comes without the module {module}"
                          " (on Debian: apt install python3-venv)") from None


def digest(*files):
    """Names the content of files, for the version of Python that runs."""
    found = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for file in sorted(files):
        found.update(file.read_bytes())
    return found.hexdigest()[:12]


def clean_environment(cache, **more):
    """The caller's, without what would reach into the programs by accident."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("OS_", "PYTHON"))}
    kept["HOME"] = kept.get("HOME") or str(cache)
    kept["PYTHONPYCACHEPREFIX"] = str(cache / "compiled")
    kept["NO_PROXY"] = kept["no_proxy"] = LOOPBACK
    return {**kept, **more}


@contextlib.contextmanager
def locked(cache):
    """Lets one process at a time change the folder, which is made where it is missing."""
    import fcntl  # Linux and macOS only; where it is missing, `check` still has its say

    cache.mkdir(parents=True, exist_ok=True)
    with open(cache / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def ensure(target, make):
    """Has a folder NAME-DIGEST made unless it is there; those of other digests are removed.

    Renamed when complete: an interrupted set-up is never taken for a finished one.
    """
    if target.exists():
        return
    for old in target.parent.glob(f"{target.name.split('-')[0]}-*"):
        shutil.rmtree(old)
    part = target.with_name(target.name + ".part")
    make(part)
    part.rename(target)


def run(what, cache, folder, environment, *command):
    """Runs a command of a set-up; what it printed is kept where it fails."""
    done = subprocess.run(command, cwd=folder, env=environment, text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode:
        (cache / "setup.log").write_text(done.stdout)
        last = (done.stdout.strip().splitlines() or ["no output"])[-1]
        raise Refusal(f"set-up of {what} failed: {last} (all of it: {cache}/setup.log)")


def install(what, folder, requirements):
    """Makes a virtual environment with the packages that a file lists."""
    def step(*command):
        run(what, folder.parent, folder.parent, clean_environment(folder.parent), *command)

    say(f"installing {what} from PyPI")
    step(sys.executable, "-m", "venv", "--clear", folder)
    step(folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--prefer-binary",
         "--no-compile", "--disable-pip-version-check", "-r", requirements)


def await_end_of_input():
    """Returns when standard input closes, as it does when whoever started this ends."""
    # Not by sys.stdin: Python cannot end while a thread waits inside it.
    while os.read(0, 4096):
        pass
