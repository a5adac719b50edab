/** `<python-cell>`: code of the book that a reader may change and run, in the page's Python. */
import { engine, type Run, Stopped } from "../bridge/engine";
import { savesData, unsupported } from "../bridge/support";
import { type Action, CellBar } from "./cell-bar";
import { hintFor, type Outcome, outcomeWords, spokenOutcome } from "./cell-outcome";
import type { Piece } from "./cell-pieces";
import { CellSides } from "./cell-sides";
import { CellText } from "./cell-text";
import { CodeArea } from "./code-area";
import { engineWords } from "./engine-words";
import { followRun, STILL_RUNNING } from "./long-run";

type State = "ready" | "running" | "done" | "error" | "stopped";

export class PythonCell extends HTMLElement {
  #area!: CodeArea;
  #text!: CellText;
  #bar!: CellBar;
  #page = "";
  #leaving = new AbortController();
  #run: Run<Outcome> | null = null;
  /** The reader's text before a reset. */
  #before: string | null = null;
  /** How the run goes on, in words. */
  #going = "";
  #sides!: CellSides;
  /** Its text in this Python has run to its end, so what it defines is there. */
  #ran = false;

  connectedCallback(): void {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    this.#page = location.pathname;
    this.#bar = new CellBar(this, (action) => this.#press(action), signal);
    this.#area = new CodeArea(
      this.#find(".cell-code"),
      {
        label: `Code of ${this.#name}`,
        onChange: () => this.#onEdit(),
        onRun: () => void this.run(),
        onOpen: () => this.#onOpen(),
        onFailure: (words) => this.#say(words),
        complete: (text) => engine().complete(this.#page, text),
      },
      signal,
    );
    this.#sides = new CellSides(this, signal);
    const reason = unsupported();
    this.#bar.disable(reason !== null);
    const follow = {
      onNotice: (words: string) => this.#notice(words),
      onShow: () => this.#offer(),
    };
    this.#text = new CellText(this, this.#area, follow, signal);
    engine().addEventListener("change", () => this.#followEngine(), { signal });
    this.#enter(reason ? "error" : "ready", reason ?? undefined);
  }

  disconnectedCallback(): void {
    this.#run?.stop();
    this.#leaving.abort();
    engine().forget(this.#page);
  }

  /** Run it, starting Python where needed; true if it came to its end. */
  async run(): Promise<boolean> {
    if (this.#run || unsupported()) return false;
    void this.#area.open(false);
    this.#area.mark(null);
    this.#area.dismiss();
    let fresh = true; // what was there stays until there is something new
    const begin = () => {
      if (fresh) this.#sides.live.show([]);
      fresh = false;
      this.#sides.turnTo("live");
    };
    const request = { op: "cell", page: this.#page, name: this.#name, text: this.#area.text };
    this.#run = engine().run<Outcome>(request, (piece) => {
      begin();
      this.#sides.live.add(piece as Piece);
    });
    this.#enter("running");
    followRun(this.#run, "Running", (words) => this.#goOn(words));
    try {
      const outcome = await this.#run.done;
      begin();
      this.#run = null;
      this.#finish(outcome);
      return outcome.status === "done";
    } catch (error) {
      this.#run = null;
      this.#fail(error as Error);
      return false;
    }
  }

  stop(): void {
    this.#run?.stop();
  }

  #finish(outcome: Outcome): void {
    const { status, error } = outcome;
    this.#ran = status === "done";
    if (error) this.#sides.live.addError(error, hintFor(error, this.#lacksAbove));
    this.#area.mark(error?.line ?? null);
    this.#enter(status, outcomeWords(outcome));
    this.#say(spokenOutcome(outcome));
  }

  #goOn(words: string): void {
    this.#going = words;
    this.#followEngine();
    if (words === STILL_RUNNING) this.#say(words);
  }

  /** Nothing came of the run: it was stopped with its Python, or Python itself is not there. */
  #fail(error: Error): void {
    if (this.#leaving.signal.aborted) return;
    const stopped = error instanceof Stopped;
    if (stopped && error.lost) for (const cell of cells()) cell.#ran = false;
    this.#enter(stopped ? "stopped" : "error", error.message);
    this.#say(error.message);
  }

  // What the reader does

  #press(action: Action): void {
    const acts = {
      run: () => this.run(),
      stop: () => this.stop(),
      above: () => this.#runAbove(),
      reset: () => this.#reset(),
      undo: () => this.#undo(),
      share: () => this.#share(),
      retry: () => this.#retry(),
    };
    void acts[action]();
  }

  async #retry(): Promise<void> {
    try {
      await engine().retry();
      this.#enter("ready", "");
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  /** In their order, up to the first that fails. */
  async #runAbove(): Promise<void> {
    const all = cells();
    if (this.#run) return;
    if (this.dataset["state"] === "error") this.#sides.turnTo("recorded"); // they may mend it
    this.#area.mark(null);
    for (const cell of all.slice(0, all.indexOf(this))) {
      this.#enter("ready", `Running ${cell.#name}`);
      const ended = await cell.run();
      if (this.#run) return; // it was run meanwhile, and waits its turn
      if (ended) continue;
      this.#tell(`${cell.#name} did not come to its end, so the cells after it wait.`);
      return;
    }
    this.#tell("The cells above have run. Now run this one.");
  }

  #tell(words: string): void {
    this.#enter("ready", capital(words));
    this.#say(capital(words));
  }

  #reset(): void {
    this.stop();
    this.#before = this.#area.edited ? this.#area.text : null;
    this.#text.reset();
    this.#area.mark(null);
    this.#sides.turnTo("recorded");
    this.#enter("ready", this.#recordedWords);
    this.#say("The book’s code and its output stand here again.");
  }

  #undo(): void {
    const text = this.#before ?? this.#area.text;
    this.#before = null;
    this.#text.putBack(text);
    this.#say("Your code is back.");
  }

  #onOpen(): void {
    if (!savesData())
      engine()
        .start()
        .catch(() => {});
  }

  #onEdit(): void {
    this.#before = null;
    this.#text.typed();
    this.#offer();
  }

  async #share(): Promise<void> {
    if ((await this.#text.share()) === "address")
      this.#words.textContent = "The address of this page now carries this code.";
    else {
      this.#words.textContent = "The link is on the clipboard. It carries this code.";
      this.#say("The link is on the clipboard.");
    }
  }

  // What is on the screen

  #followEngine(): void {
    if (this.#run) {
      const loading = engine().state === "loading";
      this.#words.textContent = loading ? engineWords(engine()).words : this.#going;
    }
    this.#offer();
  }

  #enter(state: State, words?: string): void {
    this.dataset["state"] = state;
    if (words !== undefined) this.#words.textContent = words;
    this.#offer();
  }

  #offer(): void {
    this.#bar.offer({
      running: this.#run !== null,
      edited: this.#area.edited,
      recorded: this.#sides.shown === "recorded",
      undo: this.#before !== null,
      failed: this.dataset["state"] === "error",
    });
  }

  /** A cell above has not run to its end. */
  get #lacksAbove(): boolean {
    const all = cells();
    return all.slice(0, all.indexOf(this)).some((cell) => !cell.#ran);
  }

  #notice(words: string): void {
    const notice = this.#find(".cell-notice");
    if (notice.textContent === words) return;
    notice.textContent = words;
    notice.hidden = words === "";
    if (words) this.#say(words);
  }

  get #recordedWords(): string {
    return this.#sides.recordedAny ? "What it gave when the book was built" : "";
  }

  get #name(): string {
    return this.dataset["name"] ?? "cell";
  }

  get #words(): HTMLElement {
    return this.#find(".cell-state");
  }

  #find(selector: string): HTMLElement {
    return this.querySelector(selector) as HTMLElement;
  }

  #say(sentence: string): void {
    this.#find(".cell-said").textContent = sentence;
  }
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function cells(): PythonCell[] {
  return [...document.querySelectorAll<PythonCell>("python-cell")];
}
