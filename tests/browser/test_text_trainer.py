"""Training on a text in the page: live, steered, kept, saved, and on the reader's own text."""

import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NewPage, watched_tab
from tests.browser.lab import Lab, go, until

TITLE = "Train your own - Unrolled"
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
OWN = f"{HOSTILE} and my own words, é.\n" * 40
# How long the page takes to show that Python has accepted a value, in milliseconds.
ANSWERS = """
async ([id, count]) => {
  const lab = document.getElementById(id), times = [];
  for (let at = 0; at < count; at += 1) {
    const value = 0.5 + at / 1000, began = performance.now();
    await lab.apply({ rate: 0.008 + value / 1e6 });
    times.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
  return times;
}
"""
DROP = """
(zone, [name, text]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name));
  const init = { dataTransfer: transfer, bubbles: true, cancelable: true };
  zone.dispatchEvent(new DragEvent("drop", init));
}
"""
# The page keeps its connection, so the database itself cannot be deleted.
FORGET = """
async () => {
  if (!(await indexedDB.databases()).some(({ name }) => name === "unrolled")) return;
  await new Promise((resolve) => {
    indexedDB.open("unrolled").onsuccess = ({ target: { result } }) => {
      const clearing = result.transaction("labs", "readwrite");
      clearing.objectStore("labs").clear();
      clearing.oncomplete = () => resolve(result.close());
    };
  });
}
"""


@pytest.fixture(scope="module")
def browser(computing_browser: Browser) -> Browser:
    """Networks of the usual size are trained here."""
    return computing_browser


@pytest.fixture(scope="module")
def trainer_tab(browser: Browser, server: str) -> Iterator[tuple[Page, list[str]]]:
    size = {"width": 1280, "height": 800}
    with watched_tab(browser, server, viewport=size, accept_downloads=True) as tab:
        tab[0].context.grant_permissions(["clipboard-read", "clipboard-write"])
        tab[0].goto("architecture/")
        yield tab


@pytest.fixture
def trainer(trainer_tab: tuple[Page, list[str]]) -> Iterator[Lab]:
    """The trainer with a small network, as one who has never been here finds it."""
    page, problems = trainer_tab
    go(page, "a[href$='architecture/']", "Architecture - Unrolled")
    page.evaluate(FORGET)
    go(page, "a[href$='train-your-own/']", TITLE)
    lab = ready(Lab(page, "text-trainer"))
    apply(lab, corpus="first-names", cell="gru", hidden=16)
    yield lab
    assert not problems, "\n".join(problems)


def ready(lab: Lab) -> Lab:
    lab.load()
    lab.wait_for("!s.wants && !s.running", timeout=120_000)
    return lab


def apply(lab: Lab, **values: object) -> None:
    lab.root.evaluate("(lab, values) => lab.apply(values)", values)
    lab.wait_for("!s.wants && !s.running")


def read(lab: Lab) -> int:
    return int(lab.status("Read").replace(",", ""))


def train(lab: Lab, characters: int = 3000) -> int:
    """Let it read so many characters more, pause, and say how many were read."""
    until = read(lab) + characters
    lab.press("train")
    wait_until_read(lab, until)
    lab.press("train")
    lab.wait_for("!s.running")
    return read(lab)


def wait_until_read(lab: Lab, characters: int) -> None:
    counted = "s.status.find(fact => fact.name === 'Read').value.replaceAll(',', '')"
    lab.wait_for(f"Number({counted}) >= {characters}", timeout=120_000)


def held_out(lab: Lab) -> float:
    return float(lab.snapshot["figures"]["losses"]["series"][1]["y"]["data"][-1])


def test_from_the_defaults_it_passes_both_baselines_and_answers_meanwhile(page: Page) -> None:
    page.goto("train-your-own/")
    lab = ready(Lab(page, "text-trainer"))
    bigram, trigram = (float(each["y"]) for each in lab.snapshot["figures"]["losses"]["references"])
    lab.press("train")
    lab.wait_for(f"s.figures.losses.series[1].y.data.at(-1) < {bigram}", timeout=180_000)
    medians = []
    while not medians or (medians[-1] >= 200 and len(medians) < 5):  # a machine may stall
        medians.append(statistics.median(page.evaluate(ANSWERS, ["text-trainer", 20])))
    assert medians[-1] < 200, medians
    lab.wait_for(f"s.figures.losses.series[1].y.data.at(-1) < {trigram}", timeout=720_000)
    lab.press("sample")
    lab.press("train")
    lab.wait_for("!s.running")
    newest = lab.snapshot["figures"]["samples"]["entries"][0]["pieces"][0]["text"]
    words = re.findall(r"[a-z]+", newest.lower())
    assert {"the", "and", "of", "a", "to", "in"} & set(words)
    expect(lab.root.locator("[data-figure=samples] .sample").first).to_contain_text(words[3])


def test_pause_resume_and_another_rate_on_the_way(trainer: Lab) -> None:
    trainer.press("train")
    expect(trainer.button("train")).to_have_text("Pause")
    wait_until_read(trainer, 2000)
    trainer.type_number("rate", "0.002")
    trainer.expect_value("rate", 0.002)
    assert trainer.snapshot["running"] == "train"
    trainer.press("train")
    trainer.wait_for("!s.running")
    done = read(trainer)
    expect(trainer.button("train")).to_have_text("Resume")
    trainer.open_more()
    trainer.wait_for("'rate' in s.figures")
    assert "at most 0.00200" in trainer.snapshot["figures"]["rate"]["summary"]
    assert train(trainer) > done
    expect(trainer.root.locator("[data-figure=losses] .label-heldout")).to_contain_text("held out")


def test_another_network_sets_the_run_aside_and_it_comes_back(trainer: Lab) -> None:
    done = train(trainer)
    trainer.choose("cell", "rnn")
    trainer.wait_for("s.values.cell === 'rnn' && !s.running")
    assert read(trainer) == 0
    trainer.press("bring_back")
    trainer.expect_value("cell", "gru")
    assert read(trainer) == done


def test_the_run_survives_a_reload_and_a_change_of_page(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 1280, "height": 800})
    page.goto("train-your-own/")
    lab = ready(Lab(page, "text-trainer"))
    apply(lab, corpus="own")
    lab.control("own_text").fill(OWN)
    lab.press("use-own_text")
    lab.wait_for("s.values.own_text !== '' && !s.running")
    apply(lab, hidden=16, cell="gru")
    done = train(lab)
    lab.wait_until_kept()
    judged = held_out(lab)
    address = "#text-trainer?preset=prose"  # what the page wrote before: it says less than was kept
    page.evaluate(
        """address => {
          history.replaceState(history.state, "", address);
          sessionStorage.setItem("unrolled:address", location.href);
        }""",
        address,
    )
    page.reload()
    lab = ready(Lab(page, "text-trainer"))
    lab.wait_for(f"s.status.some(fact => fact.value === '{done:,}')")
    assert (held_out(lab), lab.values["cell"]) == (judged, "gru")
    assert lab.values["own_text"].startswith("what you wrote, ")
    more = train(lab)
    lab.wait_until_kept()
    go(page, "a[href$='architecture/']", "Architecture - Unrolled")
    go(page, "a[href$='train-your-own/']", TITLE)
    lab = ready(Lab(page, "text-trainer"))
    lab.wait_for(f"s.status.some(fact => fact.value === '{more:,}')")
    expect(lab.root.locator("img")).to_have_count(0)


def test_a_saved_model_is_loaded_again_by_its_file(trainer: Lab, tmp_path: Path) -> None:
    done = train(trainer)
    judged = held_out(trainer)
    with trainer.page.expect_download() as download:
        trainer.press("save")
    path = tmp_path / download.value.suggested_filename
    assert path.name == "first-names-gru-16.safetensors"
    download.value.save_as(path)
    trainer.press("restart")
    trainer.wait_for("s.status.some(fact => fact.name === 'Read' && fact.value === '0')")
    trainer.wait_for("!s.running")
    chooser = trainer.root.locator("[data-control=model_file] input[type=file]")
    chooser.set_input_files(path)
    trainer.wait_for(f"s.status.some(fact => fact.value === '{done:,}')")
    trainer.wait_for("!s.running")
    assert held_out(trainer) == pytest.approx(judged, abs=1e-3)
    path.write_bytes(b"\x80\x04pickle")
    chooser.set_input_files(path)
    error = trainer.root.locator("[data-control=model_file] .control-error")
    expect(error).to_contain_text("it is a Python pickle, which is never opened here")
    assert read(trainer) == done
    with trainer.page.expect_download() as download:
        trainer.press("torch")
    assert download.value.suggested_filename == "first-names-gru-16.torch.safetensors"


def test_the_copied_script_writes_by_itself(trainer: Lab, tmp_path: Path) -> None:
    train(trainer)
    trainer.press("script")
    expect(trainer.root.locator(".given")).to_contain_text("first-names-gru-16.py")
    script = tmp_path / "names.py"
    script.write_text(trainer.page.evaluate("() => navigator.clipboard.readText()"), "utf-8")
    done = subprocess.run(
        [sys.executable, script, "--length", "60"],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    assert len(done.stdout) > 50


def test_in_a_hidden_tab_it_learns_on(trainer: Lab) -> None:
    trainer.press("train")
    wait_until_read(trainer, 1000)
    other = trainer.page.context.new_page()
    other.goto("about:blank")
    other.bring_to_front()
    before = read(trainer)
    until(other, lambda: read(trainer) > before + 500, "it stands still where nobody looks")
    other.close()
    trainer.press("train")
    trainer.wait_for("!s.running")


def test_the_first_text_that_is_typed_is_taken_when_the_reader_goes_on(trainer: Lab) -> None:
    trainer.choose("corpus", "own")
    expect(trainer.button("train")).to_be_disabled()
    words = trainer.root.locator("[data-figure=losses] .plot-empty")
    expect(words).to_have_text("It needs a text first; then the loss is drawn here.")
    trainer.control("own_text").fill("the first words, and " * 9)
    trainer.control("own_text").press("Tab")
    trainer.wait_for("s.values.own_text.startsWith('what you wrote, 189') && !s.running")
    expect(trainer.button("train")).to_be_enabled()
    trainer.control("own_text").fill("other words " * 9)
    trainer.control("own_text").press("Tab")  # now one is taken: another must be handed over
    trainer.press("use-own_text")
    trainer.wait_for("s.values.own_text.startsWith('what you wrote, 108')")


def test_own_text_by_file_drop_and_hand_is_only_ever_text(trainer: Lab, tmp_path: Path) -> None:
    trainer.choose("corpus", "own")
    file = tmp_path / "<b>bold<b>.txt"
    chooser = trainer.root.locator("[data-control=own_text] input[type=file]")
    file.write_bytes("déjà vu ".encode("latin-1") * 20)
    chooser.set_input_files(file)
    error = trainer.root.locator("[data-control=own_text] .control-error")
    expect(error).to_contain_text("0xE9 at byte 1 is no part of a character")
    file.write_text(OWN, "utf-8")
    chooser.set_input_files(file)
    trainer.wait_for("s.values.own_text.startsWith('<b>bold<b>.txt') && !s.running")
    expect(error).to_have_count(0)
    zone = trainer.root.locator("[data-control=own_text] .document")
    zone.evaluate(DROP, ["dropped.txt", OWN * 2])
    trainer.wait_for("s.values.own_text.startsWith('dropped.txt') && !s.running")
    trainer.control("own_text").fill(OWN)
    trainer.control("own_text").press("Control+Enter")
    trainer.wait_for("s.values.own_text.startsWith('what you wrote') && !s.running")
    apply(trainer, start=HOSTILE)
    expect(trainer.root.locator(".sample-text").first).to_contain_text("<script>alert(2)")
    expect(trainer.root.locator("img, .sample script, b")).to_have_count(0)
    train(trainer, 500)


def test_source_code_is_coloured_and_judged(trainer: Lab) -> None:
    apply(trainer, preset="code", hidden=16)
    sample = trainer.root.locator("[data-figure=samples] .sample").first
    expect(sample.locator(".code-keyword").first).to_have_text("def")
    expect(sample).to_contain_text("not yet Python")
    trainer.press("train")
    trainer.wait_for("s.figures.code.series[0].x.data.length > 0", timeout=180_000)
    trainer.press("train")
    trainer.wait_for("!s.running")
    summary = trainer.root.locator("[data-figure=code] .figure-summary")
    expect(summary).to_contain_text("Of 200 samples")
    keyword = sample.locator(".code-keyword").first
    assert int(keyword.evaluate("e => getComputedStyle(e).fontWeight")) >= 600
