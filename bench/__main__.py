"""`make bench`: prepares an installation in a folder that is thrown away, measures it, and prints what it found."""

import argparse
import os
import secrets
import signal
import sys
from tempfile import TemporaryDirectory

import django


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--requests", type=int, default=200, metavar="N", help="how many times each page is asked for")
    parser.add_argument("--schools", type=int, default=60, metavar="N", help="how many schools the overview shows")
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)
    # Ended from outside, the bench still stops its server and throws its folder away.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with TemporaryDirectory(prefix="stins-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "BENCH_FOLDER": folder,
            "BENCH_SECRET_KEY": secrets.token_urlsafe(50),
        }
        django.setup()
        from bench.run import run  # noqa: PLC0415 -- its modules read models, which Django has after its setup

        try:
            return run(schools=options.schools, requests=options.requests)
        except KeyboardInterrupt:
            return 130


if __name__ == "__main__":
    sys.exit(main())
