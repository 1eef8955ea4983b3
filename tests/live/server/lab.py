"""A real Neutron with VPNaaS, and the Keystone it trusts, on loopback for the tests.

  lab.py check      say in one line why this Python cannot run it (exit 1), or nothing
  lab.py setup      install and prepare: about a minute the first time, nothing later
  lab.py serve [--port N] [--identity-port N] [--pending SECONDS]
                    [--token-seconds N] [--site PID]

`serve` starts from the same fresh data every time.  It prints one line of JSON once both
servers answer, and ends on SIGTERM, on Ctrl-C and when its standard input closes, so it
never outlives the process that started it.  With `--site`, connections are tunnels of
strongSwan in the namespaces of that process: see tunnel_driver.py.
"""
import argparse
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
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent.parent / "support" / "python"))
from installed import (LOOPBACK, Refusal, await_end_of_input, check, clean_environment, digest,
                       ensure, install, locked, run, say)

CACHE = HERE.parent.parent.parent / ".cache" / "neutron"
WHAT = "Neutron"
SETTLING = "settling:settling_driver.SettlingDriver"
TUNNELS = "tunnels:tunnel_driver.TunnelDriver"


def venv():
    return CACHE / f"venv-{digest(HERE / 'requirements.txt')}"


def template():
    sources = ["seed.py", "neutron.conf", "keystone.conf", "requirements.txt"]
    return CACHE / f"template-{digest(*(HERE / name for name in sources))}"


def environment(**more):
    # The service configurations name their files relative to the working directory.
    services = {}
    for service in ("NEUTRON", "KEYSTONE"):
        services[f"OS_{service}_CONFIG_DIR"] = "."
        services[f"OS_{service}_CONFIG_FILES"] = f"{service.lower()}.conf"
    return clean_environment(CACHE, **services, **more)


def python():
    return [venv() / "bin" / "python", "-W", "ignore"]


def configure(folder, auth, identity, driver=SETTLING, token_seconds=86400):
    for name in ("neutron.conf", "keystone.conf"):
        text = (HERE / name).read_text()
        (folder / name).write_text(text.format(
            auth=auth, identity=identity, driver=driver, token_seconds=token_seconds))


def setup():
    def step(folder, *command):
        run(WHAT, CACHE, folder, environment(), *command)

    def prepare(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        shutil.copy(venv() / "etc" / "neutron" / "api-paste.ini", folder)
        configure(folder, auth="noauth", identity="http://unused")
        manage = [*python(), "-c", "from keystone.cmd.manage import main; main()",
                  "--config-file", "keystone.conf"]
        seed = [*python(), HERE / "seed.py"]
        say("making the tables")
        step(folder, *seed, "tables")
        step(folder, *manage, "db_sync")
        say("making users, projects and roles")
        urls = (f"--bootstrap-{interface}-url=http://unused"
                for interface in ("public", "internal", "admin"))
        step(folder, *manage, "bootstrap", "--bootstrap-password=lab-admin-pass",
            "--bootstrap-region-id=RegionOne", *urls)
        step(folder, *seed, "identity")
        say("making networks and a router")
        step(folder, *seed, "network")

    with locked(CACHE):
        ensure(venv(), lambda folder: install(WHAT, folder, HERE / "requirements.txt"))
        ensure(template(), prepare)
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
        driver = TUNNELS if options.site else SETTLING
        configure(folder, "keystone", identity, driver, options.token_seconds)
        point_catalog(folder, {"network": endpoint, "identity": identity})
        for name, listener in (("keystone", keystone), ("neutron", neutron)):
            with open(folder / f"{name}.log", "w") as log:
                children.append(subprocess.Popen(
                    [*python(), HERE / "server.py", name, str(listener.fileno())],
                    cwd=folder, stdin=subprocess.PIPE, stdout=log, stderr=log,
                    pass_fds=[listener.fileno()],
                    env=environment(LAB_PENDING_SECONDS=str(options.pending),
                                    LAB_SITE=options.site)))
            listener.close()
        # A server ends when this process does: the pipe that is its input closes then.
        threading.Thread(target=lambda: (await_end_of_input(), ending.set()), daemon=True).start()
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
    serving.add_argument("--site", default="")
    options = parser.parse_args()
    try:
        check(WHAT)
        if options.verb == "setup":
            setup()
        elif options.verb == "serve":
            serve(options)
    except Refusal as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
