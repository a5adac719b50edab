/** What a lab shows: its model, drawn as a whole whenever any of it changes. */
import { render } from "lit";
import { engine } from "../bridge/engine";
import { syncInputs } from "./controls";
import { type DocumentState, NO_DOCUMENT } from "./documents";
import { engineWords } from "./engine-words";
import { centreColumns } from "./figures/columns";
import { labTemplate } from "./lab-template";
import { type LabModel, seenIn, valueNow } from "./model";
import type { Seat, Session } from "./seat";
import { heldBack } from "./supplier";
import type { Snapshot } from "./types";

/** Still working out what the page already shows: what a lab does by itself when it has its file. */
const isSettling = ({ running }: Snapshot) => running === "prepare" || running === "look";

/** What was refused no longer matters: its control was set otherwise, and not by what runs. */
function isOvertaken({ refused, snapshot }: LabModel, { running, values }: Snapshot): boolean {
  if (!refused || running || snapshot.running) return false;
  return values[refused.name] !== snapshot.values[refused.name];
}

export class Screen {
  readonly model: LabModel;
  readonly #root: HTMLElement;
  readonly #seat: Seat;
  /** What was foreseen and is drawn, and Python has not yet answered to being told. */
  #foreseen: Partial<Snapshot> | null = null;
  /** A field that is removed while it has the focus says so, and would draw again at once. */
  #rendering = false;
  /** The session that has had all it wants at least once. */
  #supplied: Session | null = null;

  constructor(root: HTMLElement, model: LabModel, seat: Seat) {
    this.#root = root;
    this.model = model;
    this.#seat = seat;
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
    if (this.#rendering) {
      queueMicrotask(() => this.draw({}));
      return;
    }
    this.#rendering = true;
    try {
      render(labTemplate(model), this.#root);
    } finally {
      this.#rendering = false;
    }
    if (!model.glance) syncInputs(this.#root);
    if (model.snapshot.values["step"] !== step) this.centreColumns();
  }

  drawDocument(control: string, change: Partial<DocumentState>): void {
    const { documents } = this.model;
    const changed = { ...NO_DOCUMENT, ...documents[control], ...change };
    this.draw({ documents: { ...documents, [control]: changed } });
  }

  centreColumns(): void {
    this.#centre(this.#root, this.model.snapshot);
  }

  #centre(part: ParentNode, { values, steps }: Snapshot): void {
    centreColumns(part, Number(values["step"]), steps);
  }

  /** Draw the figure that is watched; the others follow with the whole answer. */
  glance(answer: Partial<Snapshot>, figure: string): void {
    if (this.#foreseen) return;
    this.#drawAlone(answer, figure);
    queueMicrotask(() => this.#layOut());
  }

  /** The same with what was foreseen. Until Python has answered to being told, which `caughtUp` says,
   * its answers are older than this. */
  drawAhead(foreseen: Partial<Snapshot>, figure: string): void {
    this.#foreseen = foreseen;
    this.#drawAlone(foreseen, figure);
    setTimeout(() => this.#layOut()); // a mouse's move has its frame before
  }

  get foreseen(): Partial<Snapshot> | null {
    return this.#foreseen;
  }

  caughtUp(foreseen: Partial<Snapshot> | null): void {
    if (this.#foreseen === foreseen) this.#foreseen = null;
  }

  #drawAlone(seen: Partial<Snapshot>, figure: string): void {
    if (this.#supplied !== this.#seat.session) return;
    const { model } = this;
    const step = valueNow(model, "step");
    try {
      this.draw({ ahead: { figure, seen }, glance: true });
    } finally {
      model.glance = false;
    }
    const drawn = this.#root.querySelector(`[data-figure="${figure}"]`);
    if (drawn && valueNow(model, "step") !== step) this.#centre(drawn, seenIn(model, figure));
  }

  /** The browser would lay out in the next frame, which is then late; now it has time to. To tell what
   * lies at a point, it does all that comes before painting. */
  #layOut(): void {
    document.elementFromPoint(0, 0);
  }

  /** Draw an answer, or what of it can be seen before the lab has what it wants. */
  show(answer: Snapshot): Snapshot {
    const before = this.model.snapshot;
    if (!answer.wants && !isSettling(answer)) this.#supplied = this.#seat.session;
    const snapshot = this.#supplied === this.#seat.session ? answer : heldBack(answer, before);
    const ahead = this.#foreseen && this.model.ahead;
    const refused = isOvertaken(this.model, snapshot) ? null : this.model.refused;
    this.draw({ snapshot, ahead, refused, engine: engineWords(engine()) });
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
