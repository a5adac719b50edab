/** `<rnn-exercise>`: the reader's code, checked by Python; hints one at a time; what was done is kept. */
import { render } from "lit";
import {
  type EngineError,
  engine,
  type Run,
  Stopped,
  savesData,
  unsupported,
} from "../bridge/engine";
import type { Editor } from "./editor";
import { engineState, engineWords } from "./engine-words";
import { Help } from "./exercise-help";
import { type ExerciseModel, exerciseTemplate, type Report, spoken } from "./exercise-template";
import { progress, type State } from "./progress";

interface Facts {
  title: string;
  starter: string;
  solution: string;
}

interface Outcome {
  status: "done" | "error" | "stopped";
  report: Report | null;
}

interface TextPiece {
  kind: string;
  text?: string;
}

const MARKS: Record<State, string> = { open: "", tried: "Tried", solved: "✓ Solved" };
const KEYS = "Ctrl+Enter checks. Escape, then Tab, leaves the editor.";
const NOT_KEPT = "Your text is not kept: this browser's storage is closed to this page.";

export class RnnExercise extends HTMLElement {
  #facts!: Facts;
  #leaving = new AbortController();
  #editor: Editor | null = null;
  #opening: Promise<Editor> | null = null;
  #run: Run<Outcome> | null = null;
  /** The text before a reset. */
  #before = "";
  /** The starter as the build has coloured it. */
  #coloured: Node[] = [];
  #text = "";
  readonly #model: ExerciseModel = {
    running: false,
    disabled: false,
    checkLabel: "Check",
    said: "",
    undo: false,
    retry: false,
    report: null,
    printed: "",
    announcement: "",
    on: {
      check: () => void this.check(),
      stop: () => this.#run?.stop(),
      reset: () => this.#reset(),
      undo: () => this.#undo(),
      retry: () => void this.#retry(),
    },
  };

  /** The reader's code. Setting it is as if it had been typed. */
  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#show(text);
    this.#typed(text);
  }

  /** What Python said last; null before the first check. */
  get report(): Report | null {
    return this.#model.report;
  }

  /** What a solution may look like, as tests and teachers' scripts read it. */
  get facts(): Readonly<Facts> {
    return this.#facts;
  }

  connectedCallback(): void {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    this.#facts ??= JSON.parse(this.querySelector("template")?.content.textContent ?? "{}");
    progress.addEventListener("change", () => this.#mark(), { signal });
    engine().addEventListener("change", () => this.#followEngine(), { signal });
    new Help(this, this.#name, (words) => this.#draw({ announcement: words })).follow(signal);
    const kept = progress.of(this.#name).text;
    this.#text = kept ?? this.#facts.starter;
    this.#coloured = [...this.#code.childNodes];
    if (kept !== undefined) this.#show(kept);
    this.#makeEditable(signal);
    this.#find(".exercise-live").replaceChildren();
    const reason = unsupported();
    if (reason) this.#model.disabled = true;
    this.#draw({ said: reason || (progress.kept ? "" : NOT_KEPT), checkLabel: this.#label });
    this.#mark();
  }

  disconnectedCallback(): void {
    this.#leaving.abort();
    this.#run?.stop();
    this.#editor?.destroy();
    this.#editor = null;
    this.#opening = null;
  }

  /** Run the checks on the text; resolves with the report, or null if there is none. */
  async check(): Promise<Report | null> {
    if (this.#run || this.#model.disabled) return null;
    const text = this.#text;
    this.#editor?.mark(null);
    const started = { report: null, printed: "", undo: false, retry: false, announcement: "" };
    const request = { op: "exercise", exercise: this.#name, text };
    this.#run = engine().run<Outcome>(request, (piece) => this.#print(piece as TextPiece));
    this.#draw({ ...started, running: true, said: "Checking" });
    this.#followEngine();
    try {
      this.#took(await this.#run.done);
    } catch (error) {
      this.#broke(error as Error);
    } finally {
      this.#run = null;
      this.#draw({ running: false, checkLabel: this.#label });
    }
    return this.#model.report;
  }

  #took({ report }: Outcome): void {
    if (!report) {
      this.#say("Stopped. Your text is as you left it.");
      return;
    }
    const { state } = progress.of(this.#name);
    progress.note(this.#name, { state: report.passed || state === "solved" ? "solved" : "tried" });
    this.#editor?.mark(report.line);
    const said = progress.kept ? "" : NOT_KEPT;
    this.#draw({ report, said, announcement: spoken(report) });
  }

  #broke(error: Error): void {
    if (error instanceof Stopped) this.#say("Stopped. Your text is as you left it.");
    else {
      this.#say((error as EngineError).message);
      this.#draw({ retry: engine().state === "failed" });
    }
  }

  async #retry(): Promise<void> {
    this.#draw({ retry: false, said: "" });
    await engine()
      .retry()
      .catch(() => {});
    await this.check();
  }

  #print({ kind, text }: TextPiece): void {
    if (kind === "text" && text) this.#draw({ printed: this.#model.printed + text });
  }

  #reset(): void {
    this.#before = this.#text;
    this.text = this.#facts.starter;
    this.#draw({ undo: this.#before !== this.#text, report: null, printed: "" });
    this.#say("The starter is back.");
  }

  #undo(): void {
    this.text = this.#before;
    this.#draw({ undo: false });
    this.#say("Your text is back.");
    this.#find<HTMLElement>("[data-action=reset]").focus();
  }

  #typed(text: string): void {
    this.#text = text;
    progress.note(this.#name, { text: text === this.#facts.starter ? undefined : text });
    if (this.#model.undo) this.#draw({ undo: false });
  }

  // The editor

  #makeEditable(signal: AbortSignal): void {
    const pre = this.#find<HTMLElement>(".exercise-code pre");
    pre.setAttribute("role", "textbox");
    pre.setAttribute("aria-multiline", "true");
    pre.setAttribute("aria-readonly", "true");
    pre.setAttribute("aria-label", `${this.#facts.title}: your code. Press Enter to edit it.`);
    pre.addEventListener("click", ({ clientX: x, clientY: y }) => void this.#edit({ x, y }), {
      signal,
    });
    pre.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        if (event.ctrlKey || event.metaKey) void this.check();
        else void this.#edit();
      },
      { signal },
    );
  }

  async #edit(at?: { x: number; y: number }): Promise<void> {
    this.#opening ??= this.#openEditor();
    try {
      (await this.#opening).focus(at);
      if (!this.#model.said) this.#draw({ said: KEYS });
    } catch (error) {
      this.#opening = null;
      if (!this.#leaving.signal.aborted) this.#say(`The editor did not load: ${error}. Try again.`);
    }
  }

  async #openEditor(): Promise<Editor> {
    const { signal } = this.#leaving;
    const { openEditor } = await import("./editor");
    const place = this.#find<HTMLElement>(".exercise-code");
    const drawn = place.querySelector<HTMLElement>(".highlight");
    if (signal.aborted) throw new DOMException("The exercise has left the page.", "AbortError");
    if (drawn) drawn.hidden = true;
    this.#editor = openEditor(place, {
      text: this.#text,
      label: `${this.#facts.title}: your code`,
      onChange: (text) => this.#typed(text),
      onRun: () => void this.check(),
      complete: (text) => engine().complete(this.id, text),
    });
    return this.#editor;
  }

  #show(text: string): void {
    if (this.#editor) this.#editor.replace(text);
    else if (text === this.#facts.starter) this.#code.replaceChildren(...this.#coloured);
    else this.#code.textContent = text;
  }

  // What is seen

  #say(words: string): void {
    this.#draw({ said: words, announcement: words });
  }

  #draw(change: Partial<ExerciseModel>): void {
    Object.assign(this.#model, change);
    const { running, report } = this.#model;
    this.dataset["state"] = running
      ? "running"
      : report
        ? report.passed
          ? "passed"
          : "failed"
        : "ready";
    render(exerciseTemplate(this.#model), this.#find<HTMLElement>(".exercise-live"));
  }

  #mark(): void {
    const { state } = progress.of(this.#name);
    this.dataset["progress"] = state;
    this.#find(".exercise-state").textContent = MARKS[state];
  }

  #followEngine(): void {
    if (!this.#run) this.#draw({ checkLabel: this.#label });
    else if (engine().state === "loading") this.#draw({ said: engineWords(engine()).words });
    else this.#draw({ said: "Checking" });
  }

  /** With Save-Data the button itself states what it costs. */
  get #label(): string {
    if (!savesData() || engine().state !== "idle") return "Check";
    return `${engineState(engine(), []).offerLabel} and check`;
  }

  get #name(): string {
    return this.dataset["exercise"] ?? "";
  }

  get #code(): HTMLElement {
    return this.#find<HTMLElement>(".exercise-code code");
  }

  #find<E extends Element = Element>(selector: string): E {
    return this.querySelector(selector) as E;
  }
}
