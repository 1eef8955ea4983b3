"""A real Neutron with VPNaaS, and the Keystone it trusts, on loopback for the tests.

  lab.py check      say in one line why this Python cannot run it (exit 1), or nothing
  lab.py setup      install and prepare: about a minute the first time, nothing later
  lab.py serve [--port N] [--identity-port N] [--pending SECONDS] [--token-seconds N]

`serve` starts from the same fresh data every time.  It prints one line of JSON once both
servers answer, and ends on SIGTERM, on Ctrl-C and when its standard input closes, so it
never outlives the process that started it.
"""
import argparse
import hashlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent.parent / ".cache" / "neutron"
PYTHONS = [(3, 11), (3, 12), (3, 13)]
LOOPBACK = "127.0.0.1"


class Refusal(Exception):
    """Ends the program with its one-line message."""


def check():
    version = sys.version_info[:2]
    if version not in PYTHONS:
        raise Refusal(f"Neutron needs Python 3.11 to 3.13, this is {version[0]}.{version[1]}")
    for module in ("ensurepip", "venv", "sqlite3", "ssl"):
        try:
            __import__(module)
        except ImportError:
            raise Refusal(f"Python {version[0]}.{version[1]} comes without the module {module}"
                          " (on Debian: apt install python3-venv)") from None


def digest(*files):
    found = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for file in sorted(files):
        found.update(file.read_bytes())
    return found.hexdigest()[:12]


def venv():
    return CACHE / f"venv-{digest(HERE / 'requirements.txt')}"


def template():
    return CACHE / f"template-{digest(*HERE.glob('*.*'))}"


def environment(**more):
    """The caller's, without what would reach into the servers by accident."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("OS_", "PYTHON"))}
    kept["HOME"] = kept.get("HOME") or str(CACHE)
    kept["PYTHONPYCACHEPREFIX"] = str(CACHE / "compiled")
    kept["NO_PROXY"] = kept["no_proxy"] = LOOPBACK
    # The service configurations name their files relative to the working directory.
    for service in ("NEUTRON", "KEYSTONE"):
        kept[f"OS_{service}_CONFIG_DIR"] = "."
        kept[f"OS_{service}_CONFIG_FILES"] = f"{service.lower()}.conf"
    return {**kept, **more}


def python():
    return [venv() / "bin" / "python", "-W", "ignore"]


def configure(folder, auth, identity, token_seconds=86400):
    for name in ("neutron.conf", "keystone.conf"):
        text = (HERE / name).read_text()
        (folder / name).write_text(
            text.format(auth=auth, identity=identity, token_seconds=token_seconds))


def setup():
    import fcntl

    begin = time.monotonic()

    def say(line):
        print(f"[{time.monotonic() - begin:4.0f} s] {line}", flush=True)

    def run(folder, *command):
        done = subprocess.run(command, cwd=folder, env=environment(), text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        if done.returncode:
            (CACHE / "setup.log").write_text(done.stdout)
            last = (done.stdout.strip().splitlines() or ["no output"])[-1]
            raise Refusal(f"set-up of Neutron failed: {last} (all of it: {CACHE}/setup.log)")

    def install(folder):
        say("installing Neutron, neutron-vpnaas and Keystone from PyPI")
        run(CACHE, sys.executable, "-m", "venv", "--clear", folder)
        run(CACHE, folder / "bin" / "python", "-m", "pip", "install", "--quiet",
            "--prefer-binary", "--no-compile", "--disable-pip-version-check",
            "-r", HERE / "requirements.txt")

    def prepare(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        shutil.copy(venv() / "etc" / "neutron" / "api-paste.ini", folder)
        configure(folder, auth="noauth", identity="http://unused")
        manage = [*python(), "-c", "from keystone.cmd.manage import main; main()",
                  "--config-file", "keystone.conf"]
        seed = [*python(), HERE / "seed.py"]
        say("making the tables")
        run(folder, *seed, "tables")
        run(folder, *manage, "db_sync")
        say("making users, projects and roles")
        urls = (f"--bootstrap-{interface}-url=http://unused"
                for interface in ("public", "internal", "admin"))
        run(folder, *manage, "bootstrap", "--bootstrap-password=lab-admin-pass",
            "--bootstrap-region-id=RegionOne", *urls)
        run(folder, *seed, "identity")
        say("making networks and a router")
        run(folder, *seed, "network")

    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for target, make in ((venv(), install), (template(), prepare)):
            if target.exists():
                continue
            for old in CACHE.glob(f"{target.name.split('-')[0]}-*"):
                shutil.rmtree(old)
            # Renamed when complete: an interrupted set-up is never taken for a finished one.
            part = target.with_name(target.name + ".part")
            make(part)
            part.rename(target)
        # Left by a `serve` that was killed outright.
        for run_folder in CACHE.glob("runs/*"):
            if time.time() - run_folder.stat().st_mtime > 86400:
                shutil.rmtree(run_folder, ignore_errors=True)
    say("Neutron is ready")


def listen(port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except OSError as error:
        raise Refusal(f"port {port}: {error.strerror}") from None
    return listener, listener.getsockname()[1]


def point_catalog(folder, urls):
    with sqlite3.connect(folder / "keystone.sqlite") as database:
        for kind, url in urls.items():
            database.execute("UPDATE endpoint SET url = ? WHERE service_id IN"
                             " (SELECT id FROM service WHERE type = ?)", (url, kind))
    database.close()


def await_answer(name, url, child, folder, ending):
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    give_up = time.monotonic() + 120
    while not ending.is_set():
        if child.poll() is not None or time.monotonic() > give_up:
            raise Refusal("\n".join([*log_tail(name, folder), f"{name} did not come up"]))
        try:
            return direct.open(url, timeout=5).close()
        except urllib.error.HTTPError:
            return None
        except OSError:
            time.sleep(0.1)
    return None


def await_end_of_input(ending):
    # Not by sys.stdin: Python cannot end while a thread waits inside it.
    while os.read(0, 4096):
        pass
    ending.set()


def log_tail(name, folder):
    return (folder / f"{name}.log").read_text(errors="replace").splitlines()[-12:]


def serve(options):
    if not template().exists():
        raise Refusal("the live Neutron is not set up yet: run lab.py setup first")
    (CACHE / "runs").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=CACHE / "runs"))
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    children = []
    try:
        shutil.copytree(template(), folder, dirs_exist_ok=True)
        neutron, port = listen(options.port)
        keystone, identity_port = listen(options.identity_port)
        endpoint = f"http://{LOOPBACK}:{port}"
        identity = f"http://{LOOPBACK}:{identity_port}/v3"
        configure(folder, "keystone", identity, options.token_seconds)
        point_catalog(folder, {"network": endpoint, "identity": identity})
        for name, listener in (("keystone", keystone), ("neutron", neutron)):
            with open(folder / f"{name}.log", "w") as log:
                children.append(subprocess.Popen(
                    [*python(), HERE / "server.py", name, str(listener.fileno())],
                    cwd=folder, stdin=subprocess.PIPE, stdout=log, stderr=log,
                    pass_fds=[listener.fileno()],
                    env=environment(LAB_PENDING_SECONDS=str(options.pending))))
            listener.close()
        # A server ends when this process does: the pipe that is its input closes then.
        threading.Thread(target=await_end_of_input, args=[ending], daemon=True).start()
        await_answer("keystone", identity, children[0], folder, ending)
        await_answer("neutron", endpoint, children[1], folder, ending)
        if ending.is_set():
            return
        print(json.dumps({
            "pid": os.getpid(), "endpoint": endpoint, "identityUrl": identity,
            "fixture": json.loads((folder / "fixture.json").read_text()),
            "requests": str(folder / "requests.jsonl")}), flush=True)
        while not ending.wait(0.5):
            for name, child in zip(("keystone", "neutron"), children):
                if child.poll() is not None:
                    raise Refusal("\n".join([*log_tail(name, folder), f"{name} ended by itself"]))
    finally:
        for child in children:
            child.kill()
        for child in children:
            child.wait()
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("check")
    verbs.add_parser("setup")
    serving = verbs.add_parser("serve")
    serving.add_argument("--port", type=int, default=0)
    serving.add_argument("--identity-port", type=int, default=0)
    serving.add_argument("--pending", type=float, default=0.5)
    serving.add_argument("--token-seconds", type=int, default=86400)
    options = parser.parse_args()
    try:
        check()
        if options.verb == "setup":
            setup()
        elif options.verb == "serve":
            serve(options)
    except Refusal as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
