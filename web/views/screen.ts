/** What a lab shows: its model, drawn as a whole whenever any of it changes. */
import { render } from "lit";
import { engine } from "../bridge/engine";
import { syncInputs } from "./controls";
import { type DocumentState, NO_DOCUMENT } from "./documents";
import { engineWords } from "./engine-words";
import { centreColumns } from "./figures/columns";
import { labTemplate } from "./lab-template";
import type { LabModel } from "./model";
import type { Seat, Session } from "./seat";
import { heldBack } from "./supplier";
import type { Snapshot } from "./types";

/** Still working out what the page already shows: what a lab does by itself when it has its file. */
const isSettling = ({ running }: Snapshot) => running === "prepare" || running === "look";

/** A snapshot with what a glance saw in its place. */
function over(whole: Snapshot, glance: Partial<Snapshot>): Snapshot {
  const figures = { ...whole.figures };
  for (const [name, seen] of Object.entries(glance.figures ?? {}))
    figures[name] = { ...figures[name], ...seen };
  return { ...whole, ...glance, figures };
}

export class Screen {
  readonly model: LabModel;
  readonly #root: HTMLElement;
  readonly #seat: Seat;
  /** While the screen is ahead of it with one figure: the last snapshot that all of it showed. */
  #whole: Snapshot | null = null;
  /** What that figure shows ahead of Python. */
  #ahead: Partial<Snapshot> | null = null;
  /** The session that has had all it wants at least once. */
  #supplied: Session | null = null;

  constructor(root: HTMLElement, model: LabModel, seat: Seat) {
    this.#root = root;
    this.model = model;
    this.#seat = seat;
  }

  get snapshot(): Snapshot {
    return this.#whole ?? this.model.snapshot;
  }

  /** Some session has had all it wants: the reader has seen more than the built page. */
  get wasSupplied(): boolean {
    return this.#supplied !== null;
  }

  draw(change: Partial<LabModel>): void {
    const { model } = this;
    const step = model.snapshot.values["step"];
    Object.assign(model, change);
    model.state = this.#state;
    if (model.state === "ready" || model.state === "running") model.waiting = false;
    this.#root.dataset["state"] = model.state;
    render(labTemplate(model), this.#root);
    if (!model.glance) syncInputs(this.#root);
    if (model.snapshot.values["step"] !== step) this.centreColumns();
  }

  drawDocument(control: string, change: Partial<DocumentState>): void {
    const { documents } = this.model;
    const changed = { ...NO_DOCUMENT, ...documents[control], ...change };
    this.draw({ documents: { ...documents, [control]: changed } });
  }

  centreColumns(): void {
    const { values, steps } = this.model.snapshot;
    centreColumns(this.#root, Number(values["step"]), steps);
  }

  /** Draw the figure that is watched; the others follow with the whole answer. */
  glance(answer: Partial<Snapshot>, figure: string): void {
    if (this.#ahead) return;
    this.#drawAlone(answer, figure);
    queueMicrotask(() => this.#layOut());
  }

  /** The same with what was foreseen. Until Python has answered to being told, which `caughtUp` says,
   * its answers are older than this. */
  drawAhead(foreseen: Partial<Snapshot>, figure: string): void {
    this.#ahead = foreseen;
    this.#drawAlone(foreseen, figure);
    setTimeout(() => this.#layOut()); // a mouse's move has its frame before
  }

  get ahead(): Partial<Snapshot> | null {
    return this.#ahead;
  }

  caughtUp(ahead: Partial<Snapshot> | null): void {
    if (this.#ahead === ahead) this.#ahead = null;
  }

  #drawAlone(glance: Partial<Snapshot>, figure: string): void {
    if (this.#supplied !== this.#seat.session) return;
    this.#whole ??= this.model.snapshot;
    this.draw({ snapshot: over(this.#whole, glance), glance: figure });
    this.model.glance = "";
  }

  /** The browser would lay out in the next frame, which is then late; now it has time to. To tell what
   * lies at a point, it does all that comes before painting. */
  #layOut(): void {
    document.elementFromPoint(0, 0);
  }

  /** Draw an answer, or what of it can be seen before the lab has what it wants. */
  show(answer: Snapshot): Snapshot {
    const before = this.snapshot;
    if (!answer.wants && !isSettling(answer)) this.#supplied = this.#seat.session;
    const snapshot = this.#supplied === this.#seat.session ? answer : heldBack(answer, before);
    const ahead = this.#ahead;
    this.#whole = ahead && snapshot;
    this.draw({
      snapshot: ahead ? over(snapshot, ahead) : snapshot,
      engine: engineWords(engine()),
    });
    return snapshot;
  }

  get #state(): LabModel["state"] {
    const { snapshot, delivery } = this.model;
    const { session, opening } = this.#seat;
    if (engine().state === "failed") return "error";
    if (!session) return engine().state === "loading" || opening ? "loading" : "static";
    if (session === this.#supplied) return snapshot.running ? "running" : "ready";
    return delivery?.failed ? "error" : "loading";
  }
}
