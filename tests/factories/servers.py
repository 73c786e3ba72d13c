"""Servers on this computer that answer as registers do, or as badly as a check asks of them."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


@contextmanager
def answering(answers):
    """A server with answers by path (JSON, or a function of the query); anything else is not there.

    `faults` are (status, bytes, headers) given first, `asked` is what it was asked, `pauses` what a client would wait.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            query = dict(parse_qsl(parts.query))
            server.asked.append((parts.path, query))
            if server.faults:
                return self.answer(*server.faults.pop(0))
            if parts.path not in answers:
                return self.answer(404, b"{}")
            found = answers[parts.path]
            return self.answer(200, json.dumps(found(query) if callable(found) else found).encode())

        def answer(self, status, content, headers=()):
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments):
            """Nothing is printed in the middle of the checks."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.faults, server.asked, server.pauses = [], [], []
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
