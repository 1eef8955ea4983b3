"""Serves S3 on a free port of loopback until standard input closes; see s3.py."""
import json
import logging
import os
import sys
import urllib.request
from pathlib import Path

from moto.server import ThreadedMotoServer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "support" / "python"))
from installed import LOOPBACK, await_end_of_input

BUCKET = "states"

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address=LOOPBACK, port=0, verbose=False)
server.start()
_, port = server.get_host_and_port()
urllib.request.urlopen(urllib.request.Request(f"http://{LOOPBACK}:{port}/{BUCKET}", method="PUT"))
print(json.dumps({"port": port, "bucket": BUCKET}), flush=True)
await_end_of_input()
os._exit(0)
