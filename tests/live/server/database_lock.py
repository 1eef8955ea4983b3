"""The lock of the only writer of sqlite: held for every PUT, POST, DELETE and report of a driver."""
import threading

WRITING = threading.RLock()
