"""Serves one API with waitress: server.py neutron|keystone DESCRIPTOR-OF-A-BOUND-SOCKET

Runs in the folder that holds its configuration and ends when its standard input closes.
Neutron's requests are written to requests.jsonl there, one line each, before the caller
gets the answer.
"""
import io
import json
import os
import socket
import sys
import threading
from pathlib import Path

name, listener = sys.argv[1], socket.socket(fileno=int(sys.argv[2]))
sys.argv = [name]  # both services parse what is left there
sys.path.insert(0, str(Path(__file__).resolve().parent))


def end_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()


def recorded(application):
    log, lock = open("requests.jsonl", "a", encoding="utf-8"), threading.Lock()

    def app(environ, start_response):
        statuses = []

        def start(status, *rest):
            statuses.append(int(status.split()[0]))
            return start_response(status, *rest)

        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING")
        sent = environ["wsgi.input"].read()
        environ["wsgi.input"] = io.BytesIO(sent)
        answer = application(environ, start)
        try:
            body = json.loads(sent) if sent else None
        except ValueError:
            body = sent.decode(errors="replace")
        line = {"method": environ["REQUEST_METHOD"],
                "path": path + (f"?{query}" if query else ""),
                "body": body, "status": statuses[-1]}
        if path != "/":  # asked by lab.py to see whether Neutron is up
            with lock:
                print(json.dumps(line), file=log, flush=True)
        return answer

    return app


def one_writer(application, lock):
    """Readers run side by side; writers take turns, as sqlite wants it."""

    def app(environ, start_response):
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return application(environ, start_response)
        with lock:
            return application(environ, start_response)

    return app


if name == "keystone":
    from keystone.wsgi.api import application as served
else:
    from neutron.wsgi.api import application

    from database_lock import WRITING

    served = recorded(one_writer(application, WRITING))

from waitress import serve  # noqa: E402

serve(served, sockets=[listener], threads=4, _quiet=True)
