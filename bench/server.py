"""The server that is measured: started as `make run` starts it, and stopped whatever happens."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from socket import socket

from bench.client import HOST
from config.run import ROOT, stop, wait_until_served

THREADS = 8


@contextmanager
def server() -> Iterator[int]:
    """Serve the prepared installation on a free port of this machine, and give the port."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "bench.wsgi:application", "--bind", f"{HOST}:{port}"]
    command += ["--workers", "1", "--threads", str(THREADS), "--no-control-socket", "--log-level", "warning"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    try:
        if not wait_until_served(port, [process]):
            raise RuntimeError("The server did not start.")
        yield port
    finally:
        stop([process])


def _free_port() -> int:
    with socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]
