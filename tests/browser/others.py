"""Find the other browsers: Firefox, and WebKit in the shape Debian has it, WebKitGTK.

The set-up runs `python tests/browser/others.py firefox` to learn whether it has to install one.
Each of them lends a tab of one shape, `Tab`, so that one test serves both.
"""

import os
import shutil
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Error, Playwright, sync_playwright

FIREFOX = ("firefox-esr", "firefox")
MINI_BROWSERS = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
SECONDS = 30.0  # what a slow machine may need for one thing


class Tab(Protocol):
    """What the smoke test needs of a browser: to go somewhere, and to ask the page."""

    problems: list[str]  # errors that nobody caught, as far as the browser tells

    def go(self, address: str) -> None:
        """Open a page."""

    def ask(self, script: str) -> Any:
        """Run the body of a function in the page and return what it returns."""


class NoBrowser(Exception):
    """This browser cannot be had here. The message says what would bring it."""


class PlaywrightTab:
    """A tab of Firefox, driven by Playwright."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(error.message))

    def go(self, address: str) -> None:
        self.page.goto(address)

    def ask(self, script: str) -> Any:
        return self.page.evaluate(f"() => {{ {script} }}")


class WebDriverTab:
    """A tab of WebKitGTK, driven by its own WebDriver."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver
        self.problems: list[str] = []  # its WebDriver does not tell

    def go(self, address: str) -> None:
        self.driver.get(address)

    def ask(self, script: str) -> Any:
        return self.driver.execute_script(script)


@contextmanager
def firefox(playwright: Playwright | None = None) -> Iterator[Tab]:
    """A tab in Firefox; raise NoBrowser where there is none."""
    if playwright is None:
        with sync_playwright() as started, firefox(started) as tab:
            yield tab
        return
    path = next(filter(None, map(shutil.which, FIREFOX)), None)
    if path is None:
        raise NoBrowser("there is no Firefox: install one (Debian: `apt-get install firefox-esr`)")
    try:
        browser = playwright.firefox.launch(channel="moz-firefox", executable_path=path)
    except Error as error:
        raise NoBrowser(f"{path} does not start: {error.message.splitlines()[0]}") from error
    try:
        yield PlaywrightTab(browser.new_page(viewport={"width": 1280, "height": 800}))
    finally:
        browser.close()


@contextmanager
def webkit() -> Iterator[Tab]:
    """A tab in WebKitGTK on a screen that nobody sees; raise NoBrowser where there is none."""
    missing = [name for name in ("WebKitWebDriver", "Xvfb") if not shutil.which(name)]
    if missing or not MINI_BROWSERS:
        raise NoBrowser("there is no WebKitGTK: `apt-get install webkit2gtk-driver xvfb`")
    from selenium import webdriver
    from selenium.common.exceptions import WebDriverException

    options = webdriver.WebKitGTKOptions()
    options.binary_location = str(MINI_BROWSERS[-1])
    options.add_argument("--automation")
    with _screen() as display:
        driver_path = shutil.which("WebKitWebDriver")
        service = webdriver.WebKitGTKService(driver_path, env={**os.environ, "DISPLAY": display})
        try:
            with warnings.catch_warnings():  # selenium calls what it has itself deprecated
                warnings.simplefilter("ignore", DeprecationWarning)
                driver = webdriver.WebKitGTK(options=options, service=service)
        except WebDriverException as error:
            raise NoBrowser(f"WebKitGTK does not start: {error.msg}") from error
        try:
            driver.set_window_size(1280, 900)
            yield WebDriverTab(driver)
        finally:
            driver.quit()


@contextmanager
def _screen() -> Iterator[str]:
    """A screen in memory. Xvfb picks a free number and tells it."""
    read, write = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x960x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()
        if not number:
            raise NoBrowser("Xvfb does not start")
        yield f":{number}"
    finally:
        screen.terminate()
        screen.wait()


BROWSERS: dict[str, Callable[[], Any]] = {"firefox": firefox, "webkit": webkit}


def wait_for(tab: Tab, condition: str, seconds: float = SECONDS) -> Any:
    """Wait until an expression in the page is true; fail with what the page says of its labs."""
    end = time.monotonic() + seconds
    while not (value := tab.ask(f"return {condition};")):
        if time.monotonic() > end:
            state = tab.ask("return document.querySelector('rnn-lab')?.dataset.state ?? 'no lab';")
            raise AssertionError(f"{condition} did not come true; the lab is {state}")
        time.sleep(0.05)
    return value


if __name__ == "__main__":
    try:
        with BROWSERS[sys.argv[1]]() as tab:
            tab.go("data:text/html,<title>here</title>")
    except NoBrowser as problem:
        sys.exit(str(problem))
