"""The lock of the only writer of sqlite: held for every request that writes, and every report."""
import threading

WRITING = threading.RLock()
