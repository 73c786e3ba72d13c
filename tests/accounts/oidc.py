"""A real OpenID provider beside the checks: oidc-provider-mock in a process of its own, on the loopback."""

import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import urljoin

import requests

START = 20


@contextmanager
def running_provider():
    """The address of a provider that answers while the checks run."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_it_answers(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _wait_until_it_answers(address, process):
    for _try in range(START * 10):
        try:
            return requests.get(f"{address}/.well-known/openid-configuration", timeout=2)
        except requests.ConnectionError:
            if process.poll() is not None:
                raise RuntimeError("The OpenID provider ended.") from None
            time.sleep(0.1)
    raise RuntimeError("The OpenID provider did not start.")


def know_person(provider, subject, **claims):
    """Tell the provider of somebody and what it says about them."""
    claims.setdefault("email", subject)
    requests.put(f"{provider}/users/{subject}", json=claims, timeout=5).raise_for_status()


def sign_in_at(client, provider, subject, start="/konto/kommunens/kommunen/login/"):
    """Go from Stins to the provider, sign in there as the person would, and come back with the answer."""
    asked = client.get(start)
    browser = requests.Session()
    page = browser.get(asked["Location"], timeout=5)
    assert page.status_code == 200, page.text
    action = re.search(r'<form[^>]*action="([^"]*)"', page.text)
    address = urljoin(page.url, action[1]) if action and action[1] else page.url
    answer = browser.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def come_back(client, location):
    """Open what the provider led back to."""
    return client.get(location.replace("http://testserver", ""), follow=True)
