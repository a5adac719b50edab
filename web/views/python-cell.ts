/** `<python-cell>`: code of the book that a reader may change and run, in the page's Python. */
import { engine, type Run, Stopped } from "../bridge/engine";
import { savesData, unsupported } from "../bridge/support";
import { decodeFrame } from "../bridge/wire";
import { CellOutput, type CodeError } from "./cell-output";
import type { Piece } from "./cell-pieces";
import { CodeArea } from "./code-area";
import { codeFragment, KeptCode, readCode } from "./code-text";
import { engineWords } from "./engine-words";

/** What `lab.cells.runner.Outcome` tells. */
interface Outcome {
  status: "done" | "error" | "stopped";
  seconds: number;
  error: CodeError | null;
}

type State = "ready" | "running" | "done" | "error" | "stopped";

const KEYS = "Ctrl-Enter runs; Escape, Tab leaves";
const FROM_LINK =
  "This code came with the link and has not been run. Reset brings back the book’s.";
const UNKEPT = "This browser keeps nothing for us: a reload loses your version.";

export class PythonCell extends HTMLElement {
  #area!: CodeArea;
  #kept!: KeptCode;
  #page = "";
  #leaving = new AbortController();
  #run: Run<Outcome> | null = null;
  #live!: CellOutput;
  /** Its text in this Python has run to its end, so what it defines is there. */
  #ran = false;

  connectedCallback(): void {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    this.#page = location.pathname;
    this.#kept = new KeptCode("code", this.id);
    this.#area = new CodeArea(
      this.#find(".cell-code"),
      {
        label: `Code of ${this.#name}`,
        onChange: (text) => this.#onEdit(text),
        onRun: () => void this.run(),
        onOpen: () => this.#onOpen(),
        onFailure: (words) => this.#say(words),
        complete: (text) => engine().complete(this.#page, text),
      },
      signal,
    );
    this.#wakeOutput();
    const reason = unsupported();
    this.#enter(reason ? "error" : "ready", reason ?? undefined);
    this.#find(".cell-buttons").toggleAttribute("inert", reason !== null);
    this.addEventListener("click", (event) => this.#press(event), { signal });
    for (const change of ["focusin", "focusout"])
      this.addEventListener(change, () => this.#tellName(), { signal });
    addEventListener("hashchange", () => void this.#followLink(), { signal });
    engine().addEventListener("change", () => this.#followEngine(), { signal });
    this.#showKept();
    void this.#followLink();
    this.#offer();
  }

  /** Figures that the build drew become figures that can be read by mouse and keys. */
  #wakeOutput(): void {
    this.#live = new CellOutput(`${this.id}-live`, this.#find(".cell-live"));
    const template = this.querySelector("template");
    if (!template) return;
    const place = this.#find(".cell-recorded");
    place.replaceChildren();
    const pieces = decodeFrame(template.content.textContent ?? "") as Piece[];
    new CellOutput(this.id, place).show(pieces);
    template.remove();
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
    let fresh = true; // what was there stays until there is something new
    const begin = () => {
      if (fresh) this.#live.show([]);
      fresh = false;
      this.#turnTo("live");
    };
    const request = { op: "cell", page: this.#page, name: this.#name, text: this.#area.text };
    this.#run = engine().run<Outcome>(request, (piece) => {
      begin();
      this.#live.add(piece as Piece);
    });
    this.#enter("running");
    this.#followEngine();
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

  #finish({ status, seconds, error }: Outcome): void {
    this.#ran = status === "done";
    if (error) this.#live.addError(error, this.#hintFor(error));
    this.#area.mark(error?.line ?? null);
    const took = `${seconds < 0.1 ? "less than 0.1" : seconds.toFixed(1)} s`;
    if (status === "done") this.#enter("done", `Ran on your machine in ${took}.`);
    else if (status === "stopped")
      this.#enter("stopped", `Stopped after ${took}. What was made until then is there.`);
    else this.#enter("error", error ? `${error.name}: ${firstLine(error.message)}` : "It failed.");
    this.#say(this.#words.textContent ?? "");
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

  #press({ target }: Event): void {
    const button = (target as Element).closest<HTMLElement>("[data-action]");
    const act = {
      run: () => this.run(),
      stop: () => this.stop(),
      above: () => this.#runAbove(),
      reset: () => this.#reset(),
      share: () => this.#share(),
      retry: () => this.#retry(),
    }[button?.dataset["action"] ?? ""];
    void act?.();
  }

  async #retry(): Promise<void> {
    await engine().retry();
    this.#enter("ready", "");
  }

  /** In their order, up to the first that fails. */
  async #runAbove(): Promise<void> {
    for (const cell of cells()) {
      if (cell === this) return;
      if (!(await cell.run())) {
        this.#enter("ready", `${cell.#name} did not come to its end, so the cells after it wait.`);
        return;
      }
    }
  }

  #reset(): void {
    this.stop();
    this.#area.show(this.#area.original);
    this.#area.mark(null);
    this.#kept.write(null);
    this.#dropLink();
    this.#notice("");
    this.#turnTo("recorded");
    this.#enter("ready", this.#recordedWords);
    this.#say("The book’s code and its output stand here again.");
  }

  #onOpen(): void {
    if (!savesData())
      engine()
        .start()
        .catch(() => {});
  }

  #onEdit(text: string): void {
    this.#dropLink();
    const kept = this.#kept.write(this.#area.edited ? text : null);
    this.#notice(kept ? "" : UNKEPT);
    this.#offer();
  }

  async #share(): Promise<void> {
    const fragment = await codeFragment(this.id, this.#area.text);
    try {
      await navigator.clipboard.writeText(new URL(fragment, location.href).href);
      this.#say("The link is on the clipboard.");
      this.#words.textContent = "The link is on the clipboard. It carries this code.";
    } catch {
      history.replaceState(history.state, "", fragment);
      this.#words.textContent = "The address of this page now carries this code.";
    }
  }

  // Where the text comes from

  #showKept(): void {
    const text = this.#kept.read();
    if (text === null || text === this.#area.original) return;
    this.#area.show(text);
  }

  /** Code from a link is shown. It is run when the reader presses Run, and kept when they edit it. */
  async #followLink(): Promise<void> {
    const text = await readCode(location.hash, this.id);
    if (text === null || this.#leaving.signal.aborted) return;
    this.#area.show(text);
    this.#notice(text === this.#area.original ? "" : FROM_LINK);
    this.#offer();
    this.scrollIntoView({ block: "start" });
  }

  #dropLink(): void {
    if (location.hash.startsWith(`#${this.id}?code=`))
      history.replaceState(history.state, "", `#${this.id}`);
  }

  // What is on the screen

  #followEngine(): void {
    if (this.#run) {
      const loading = engine().state === "loading";
      this.#words.textContent = loading ? engineWords(engine()).words : "Running";
    }
    this.#offer();
  }

  #enter(state: State, words?: string): void {
    this.dataset["state"] = state;
    if (words !== undefined) this.#words.textContent = words;
    this.#offer();
  }

  /** Which buttons there are, and what they say. */
  #offer(): void {
    const running = this.#run !== null;
    const edited = this.#area.edited;
    const recorded = !this.#find(".cell-recorded").hidden;
    this.#show("run", !running);
    this.#show("stop", running);
    this.#show("reset", !running && (edited || !recorded));
    this.#show("share", !running && edited);
    const waits = savesData() && engine().state === "idle";
    const size = (engine().transferBytes / 1e6).toFixed(1);
    const words = waits ? `Run (loads Python, ${size} MB)` : "Run";
    const run = this.#button("run");
    if (run && run.textContent !== words) run.textContent = words;
    this.#showRetry(engine().state === "failed" && this.dataset["state"] === "error");
    this.#tellName();
  }

  #showRetry(shown: boolean): void {
    const there = this.#button("retry");
    if (!shown) there?.remove();
    else if (!there) {
      const button = document.createElement("button");
      Object.assign(button, {
        type: "button",
        className: "button",
        textContent: "Start Python again",
      });
      button.dataset["action"] = "retry";
      this.#find(".cell-status").append(button);
    }
  }

  /** What stands below the code: what was recorded, or what the reader's run gave. */
  #turnTo(side: "recorded" | "live"): void {
    for (const name of ["recorded", "live"]) this.#find(`.cell-${name}`).hidden = name !== side;
  }

  #hintFor({ name }: CodeError): string {
    const all = cells();
    const lacksAbove = all.slice(0, all.indexOf(this)).some((cell) => !cell.#ran);
    return name === "NameError" && lacksAbove
      ? "A cell above may define it: press Run all above."
      : "";
  }

  /** What the bar calls it; while it is typed in, which keys there are. */
  #tellName(): void {
    const typing = document.activeElement?.closest(".cell-code")?.parentElement === this;
    const yours = this.#area.edited ? ", your version" : "";
    this.#find(".cell-name").textContent = typing ? KEYS : `Python, ${this.#name}${yours}`;
  }

  #notice(words: string): void {
    const notice = this.#find(".cell-notice");
    notice.textContent = words;
    notice.hidden = words === "";
  }

  #show(action: string, shown: boolean): void {
    const button = this.#button(action);
    if (!button || button.hidden === !shown) return;
    const focused = button === document.activeElement;
    button.hidden = !shown;
    // Where Run becomes Stop and Stop Run, the keyboard stays with them.
    if (focused) this.#button(action === "run" ? "stop" : "run")?.focus();
  }

  #button(action: string): HTMLButtonElement | null {
    return this.querySelector(`button[data-action="${action}"]`);
  }

  get #recordedWords(): string {
    return this.#find(".cell-recorded").hasChildNodes()
      ? "What it gave when the book was built"
      : "";
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

function cells(): PythonCell[] {
  return [...document.querySelectorAll<PythonCell>("python-cell")];
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
