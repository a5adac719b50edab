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
import { type Piece, withPiece } from "./cell-pieces";
import { CodeArea } from "./code-area";
import { engineState, engineWords } from "./engine-words";
import { Help } from "./exercise-help";
import { type ExerciseModel, exerciseTemplate, type Report, spoken } from "./exercise-template";
import { ExerciseText } from "./exercise-text";
import { followRun, STILL_RUNNING } from "./long-run";
import { progress, type State } from "./progress";

interface Facts {
  title: string;
  solution: string;
}

interface Outcome {
  status: "done" | "error" | "stopped";
  report: Report | null;
}

const MARKS: Record<State, string> = { open: "", tried: "Tried", solved: "✓ Solved" };
const KEYS = "Ctrl-Enter checks; Escape, Tab leaves";

export class RnnExercise extends HTMLElement {
  #facts!: Facts;
  #leaving = new AbortController();
  #area!: CodeArea;
  #text!: ExerciseText;
  #run: Run<Outcome> | null = null;
  /** How the check goes on, in words. */
  #going = "";
  readonly #model: ExerciseModel = {
    exercise: "",
    running: false,
    disabled: false,
    checkLabel: "Check",
    said: "",
    undo: false,
    retry: false,
    report: null,
    pieces: [],
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
    return this.#area.text;
  }

  set text(text: string) {
    this.#area.show(text);
    this.#typed();
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
    this.#model.exercise = this.id;
    this.#area = this.#makeArea(signal);
    const onContest = () => !this.#run && this.#say(this.#text.standing);
    this.#text = new ExerciseText(this.#name, this.#area, onContest, signal);
    if (this.dataset["state"] === "static") this.#find(".exercise-live").replaceChildren();
    const reason = unsupported();
    if (reason) this.#model.disabled = true;
    this.#draw({ said: reason || this.#text.standing, checkLabel: this.#label });
    this.#mark();
  }

  disconnectedCallback(): void {
    this.#run?.stop();
    this.#leaving.abort();
  }

  /** Run the checks on the text; resolves with the report, or null if there is none. */
  async check(): Promise<Report | null> {
    if (this.#run || this.#model.disabled) return null;
    this.#area.mark(null);
    this.#area.dismiss();
    const started = { report: null, pieces: [], undo: false, retry: false, announcement: "" };
    const request = { op: "exercise", exercise: this.#name, text: this.text };
    this.#run = engine().run<Outcome>(request, (piece) =>
      this.#draw({ pieces: withPiece(this.#model.pieces, piece as Piece) }),
    );
    this.#draw({ ...started, running: true });
    followRun(this.#run, "Checking", (words) => this.#goOn(words));
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

  #goOn(words: string): void {
    this.#going = words;
    this.#followEngine();
    if (words === STILL_RUNNING) this.#draw({ announcement: words });
  }

  #took({ report }: Outcome): void {
    if (!report) {
      this.#say("Stopped. Your text is as you left it.");
      return;
    }
    const { state } = progress.of(this.#name);
    progress.note(this.#name, { state: report.passed || state === "solved" ? "solved" : "tried" });
    this.#area.mark(report.line);
    this.#draw({ report, said: this.#text.standing, announcement: spoken(report) });
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
    // Somebody else may have started it again meanwhile: labs work in it.
    if (engine().state === "failed")
      await engine()
        .retry()
        .catch(() => {});
    await this.check();
  }

  #reset(): void {
    this.#draw({ said: "", undo: this.#text.reset(), report: null, pieces: [] });
    this.#say("The starter is back.");
  }

  #undo(): void {
    this.#text.undo();
    this.#draw({ undo: false });
    this.#say("Your text is back.");
    this.#find<HTMLElement>("[data-action=reset]").focus();
  }

  #typed(): void {
    if (this.#text.typed()) this.#draw({ said: "" });
    if (this.#model.undo) this.#draw({ undo: false });
  }

  #makeArea(signal: AbortSignal): CodeArea {
    return new CodeArea(
      this.#find(".exercise-code"),
      {
        label: `${this.#facts.title}: your code`,
        onChange: () => this.#typed(),
        onRun: () => void this.check(),
        onOpen: () => this.#draw({ said: this.#model.said || KEYS }),
        onFailure: (words) => this.#say(words),
        complete: (text) => engine().complete(this.id, text),
      },
      signal,
    );
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
    else this.#draw({ said: this.#going });
  }

  /** With Save-Data the button itself states what it costs. */
  get #label(): string {
    if (!savesData() || engine().state !== "idle") return "Check";
    return `${engineState(engine(), []).offerLabel} and check`;
  }

  get #name(): string {
    return this.dataset["exercise"] ?? "";
  }

  #find<E extends Element = Element>(selector: string): E {
    return this.querySelector(selector) as E;
  }
}
