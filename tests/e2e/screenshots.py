"""Takes the pictures of the README from the demo that `make run` serves."""

import os
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

ADDRESS = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "bilder"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
PASSWORD = "stins-demo"
PICTURES = [
    ("aret-390.png", "koordinator@ekbacka.example", "/skolor/almskolan/", PHONE),
    ("tackning-1280.png", "samordnare@ekbacka.example", "/rapporter/", DESKTOP),
]


def main():
    with sync_playwright() as playwright:
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=as_root
        )
        for name, account, address, size in PICTURES:
            page = browser.new_context(base_url=ADDRESS, viewport=size, locale="sv-SE").new_page()
            page.goto("/konto/logga-in/")
            page.get_by_label("E-post").fill(account)
            page.get_by_label("Lösenord").fill(PASSWORD)
            page.get_by_role("button", name="Logga in", exact=True).click()
            page.wait_for_url(lambda url: "/konto/" not in url)
            page.goto(address)
            page.screenshot(path=FOLDER / name)
        browser.close()


if __name__ == "__main__":
    try:
        main()
    except Error as error:
        sys.exit(f"Start the demo with `make run` first. ({error.message.splitlines()[0]})")
