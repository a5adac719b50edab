/** `<python-cell>`: code of the book that a reader may change and run, in the page's Python. */
import { engine, type Run, Stopped } from "../bridge/engine";
import { savesData, unsupported } from "../bridge/support";
import { type Action, CellBar } from "./cell-bar";
import { type Cell, cellsAbove, forgetRuns, runAbove } from "./cell-order";
import { hintFor, type Outcome, outcomeWords, spokenOutcome } from "./cell-outcome";
import type { Piece } from "./cell-pieces";
import { CellSides } from "./cell-sides";
import { CellText } from "./cell-text";
import { CellWords } from "./cell-words";
import { CodeArea } from "./code-area";
import { engineWords } from "./engine-words";
import { followRun, STILL_RUNNING } from "./long-run";

type State = "ready" | "running" | "done" | "error" | "stopped";

export class PythonCell extends HTMLElement implements Cell {
  ran = false;
  readonly #words = new CellWords(this);
  #area!: CodeArea;
  #text!: CellText;
  #bar!: CellBar;
  #sides!: CellSides;
  #page = "";
  #leaving = new AbortController();
  #run: Run<Outcome> | null = null;
  /** The reader's text before a reset. */
  #before: string | null = null;
  /** How the run goes on, in words. */
  #going = "";

  connectedCallback(): void {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    this.#page = location.pathname;
    this.#bar = new CellBar(this, (action) => this.#press(action), signal);
    this.#area = new CodeArea(
      this.#find(".cell-code"),
      {
        label: `Code of ${this.name}`,
        onChange: () => this.#onEdit(),
        onRun: () => void this.run(),
        onOpen: () => this.#onOpen(),
        onFailure: (words) => this.#words.say(words),
        complete: (text) => engine().complete(this.#page, text),
      },
      signal,
    );
    this.#sides = new CellSides(this, signal);
    const reason = unsupported();
    this.#bar.disable(reason !== null);
    const follow = {
      onNotice: (words: string) => this.#words.note(words),
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
    const request = { op: "cell", page: this.#page, name: this.name, text: this.#area.text };
    this.#run = engine().run<Outcome>(request, (piece) => {
      this.#sides.add(piece as Piece);
      this.#tellRun();
    });
    this.#sides.expect();
    this.#enter("running");
    followRun(this.#run, "Running", (words) => this.#goOn(words));
    try {
      const outcome = await this.#run.done;
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
    this.ran = status === "done";
    const lacksAbove = cellsAbove(this).some((cell) => !cell.ran);
    this.#sides.end(error, error ? hintFor(error, lacksAbove) : "");
    this.#area.mark(error?.line ?? null);
    this.#enter(status, outcomeWords(outcome));
    this.#words.say(spokenOutcome(outcome));
  }

  #goOn(words: string): void {
    this.#going = words;
    this.#followEngine();
    if (words === STILL_RUNNING) this.#words.say(words);
  }

  /** Nothing came of the run: it was stopped with its Python, or Python itself is not there. */
  #fail(error: Error): void {
    if (this.#leaving.signal.aborted) return;
    const stopped = error instanceof Stopped;
    if (stopped && error.lost) forgetRuns();
    this.#enter(stopped ? "stopped" : "error", this.#withEarlier(error.message));
    this.#words.say(error.message);
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
      this.#enter("ready", this.#sides.earlierWords);
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  async #runAbove(): Promise<void> {
    if (this.#run) return;
    if (this.dataset["state"] === "error") this.#sides.turnBack(); // they may mend it
    this.#area.mark(null);
    const words = await runAbove(this, (going) => this.#enter("ready", going));
    if (words === null) return; // it was run meanwhile, and waits its turn
    this.#enter("ready", words);
    this.#words.say(words);
  }

  #reset(): void {
    this.stop();
    this.#before = this.#area.edited ? this.#area.text : null;
    this.#text.reset();
    this.#area.mark(null);
    this.#sides.turnBack();
    this.#enter("ready", this.#sides.recordedWords);
    this.#words.say("The book’s code and its output stand here again.");
  }

  #undo(): void {
    const text = this.#before ?? this.#area.text;
    this.#before = null;
    this.#text.putBack(text);
    this.#words.say("Your code is back.");
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
      this.#words.show("The address of this page now carries this code.");
    else {
      this.#words.show("The link is on the clipboard. It carries this code.");
      this.#words.say("The link is on the clipboard.");
    }
  }

  // What is on the screen

  #followEngine(): void {
    if (this.#run) this.#tellRun();
    this.#offer();
  }

  /** A run that takes long leaves time to wonder what stands below. */
  #tellRun(): void {
    const loading = engine().state === "loading";
    const going = this.#going === STILL_RUNNING ? this.#withEarlier(this.#going) : this.#going;
    this.#words.show(loading ? engineWords(engine()).words : going);
  }

  #enter(state: State, words?: string): void {
    this.dataset["state"] = state;
    if (words !== undefined) this.#words.show(words);
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

  /** The words, and whose output stands below if it is not that of the run they speak of. */
  #withEarlier(words: string): string {
    return [words, this.#sides.earlierWords].filter(Boolean).join(" ");
  }

  get name(): string {
    return this.dataset["name"] ?? "cell";
  }

  get running(): boolean {
    return this.#run !== null;
  }

  #find(selector: string): HTMLElement {
    return this.querySelector(selector) as HTMLElement;
  }
}
