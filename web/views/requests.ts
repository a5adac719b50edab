/** What the reader asks of Python: shown while it is on its way, and beside its control if refused. */
import { engine } from "../bridge/engine";
import type { Bytes } from "../bridge/session";
import { Later } from "./documents";
import { shownOf, valueNow } from "./model";
import { inEngineLine, refusalOf } from "./refusal";
import type { Screen } from "./screen";
import { type Session, WaitsForTap } from "./seat";
import { trackValues } from "./track";
import type { SliderControl, Snapshot, Value } from "./types";

/** What requests need of their lab. */
export interface Lab {
  readonly screen: Screen;
  /** Its session, if one is open. */
  readonly session: Session | null;
  /** The lab is no longer on the page. */
  readonly left: boolean;
  open(): Promise<Session>;
  take(snapshot: Snapshot): void;
  share(): void;
  say(sentence: string): void;
}

const HIDDEN_MS = 100; // a page that was hidden meanwhile is not painted

function afterPaint(act: () => void): void {
  const { port1, port2 } = new MessageChannel();
  const late = setTimeout(() => port2.postMessage(null), HIDDEN_MS);
  port1.onmessage = () => {
    port1.close();
    act();
  };
  requestAnimationFrame(() => {
    clearTimeout(late);
    port2.postMessage(null);
  });
}

export class Requests {
  readonly #lab: Lab;
  /** The rest of what is on the screen will be asked for. */
  #asking = false;
  /** What is drawn as Python had foreseen it, and Python has not been told. */
  #untold: Record<string, Value> = {};

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** Something is to be sent, or on its way. */
  get waiting(): boolean {
    return Object.keys(this.#lab.screen.model.pending).length > 0;
  }

  /** Send what the reader set while there was no Python. */
  async setPending(): Promise<void> {
    this.#untold = {}; // all of that is pending
    await this.set({ ...this.#lab.screen.model.pending });
  }

  async set(values: Record<string, Value>): Promise<void> {
    const lab = this.#lab;
    if (Object.keys(values).length > 0) this.#tell();
    const { foreseen } = lab.screen;
    const sent = { ...this.#untold, ...values };
    this.#untold = {};
    if ("preset" in values) lab.screen.model.pending = {}; // it replaces them all
    Object.assign(lab.screen.model.pending, values);
    // Sent before anything is drawn: Python works while the page does, and the answer draws it all.
    const early = lab.session?.set(sent);
    if (!early || lab.screen.model.refused) lab.screen.draw({ refused: null });
    try {
      const snapshot = await (early ?? (await lab.open()).set(sent));
      this.#settle(sent);
      lab.screen.caughtUp(foreseen);
      lab.take(snapshot);
      lab.share();
    } catch (error) {
      lab.screen.caughtUp(foreseen);
      this.refuse(error, sent);
    }
  }

  /** While a slider is dragged, the figure it is watched in answers first, alone.
   *
   * Where Python has told before what it will show, it is drawn at once. The rest is asked for when
   * that is painted: it lags by a frame.
   */
  async drag(name: string, value: Value): Promise<void> {
    const { session, screen } = this.#lab;
    const { model } = screen;
    const values = { [name]: value };
    const figure = this.#watched(name);
    if (!session || !figure || document.hidden || model.refused || model.snapshot.running)
      return this.set(values);
    const foreseen = session.foreseen(values, figure);
    if (!foreseen) {
      const seen = this.#glance(session, values, figure);
      this.foresee(name);
      return seen;
    }
    Object.assign(model.pending, values);
    this.#untold = values;
    screen.drawAhead(foreseen, figure);
    this.#askForTheRest();
  }

  async #glance(session: Session, values: Record<string, Value>, figure: string): Promise<void> {
    const { screen } = this.#lab;
    this.#tell();
    Object.assign(screen.model.pending, values);
    const seen = session.glance(values, [figure]);
    try {
      const glance = await seen;
      this.#settle(values);
      if (!this.#lab.left) screen.glance(glance, figure);
      this.#askForTheRest();
    } catch (error) {
      this.refuse(error, values);
    }
  }

  /** A slider may be moved next: Python is asked ahead, if it can tell what it will show. */
  foresee(name: string): void {
    const { session, screen } = this.#lab;
    const slider = this.#slider(name);
    const figure = this.#watched(name);
    if (!session || !figure || !slider?.foreseen || screen.model.snapshot.running) return;
    if (!(name in this.#untold)) this.#tell();
    const here = Number(valueNow(screen.model, name));
    session.foresee(name, () => trackValues(slider), here, figure);
  }

  /** The figure that follows this slider while it is dragged. */
  #watched(name: string): string | undefined {
    const { figures } = this.#lab.session?.shown ?? shownOf(this.#lab.screen.model);
    const wanted = this.#slider(name)?.watched_in;
    return figures.find((figure) => figure === wanted) ?? figures[0];
  }

  #slider(name: string): SliderControl | undefined {
    const { controls } = this.#lab.screen.model.description;
    return controls.find(
      (control): control is SliderControl => control.kind === "slider" && control.name === name,
    );
  }

  #askForTheRest(): void {
    if (this.#asking) return;
    this.#asking = true;
    afterPaint(() => {
      this.#asking = false;
      if (!this.#lab.left) void this.set({});
    });
  }

  /** Before anything else is asked, Python hears what was drawn already. */
  #tell(): void {
    if (Object.keys(this.#untold).length > 0) void this.set({});
  }

  /** `ready` resolves when what the action may act on is there. */
  async act(action: string, ready: () => Promise<void>): Promise<Snapshot | null> {
    const lab = this.#lab;
    try {
      const session = await lab.open();
      if (!lab.screen.model.snapshot.running) await ready();
      this.#tell();
      const snapshot = await session.act(action);
      lab.take(snapshot);
      lab.share();
      return snapshot;
    } catch (error) {
      this.refuse(error, {});
      return null;
    }
  }

  /** Rejects with Later while there is no Python to take it, else with what Python says. */
  async upload(control: string, filename: string, content: Bytes): Promise<void> {
    const lab = this.#lab;
    const session = await lab.open().catch((error) => {
      this.refuse(error, {});
      throw new Later();
    });
    this.#tell();
    try {
      lab.take(await session.upload(control, filename, content));
      lab.share();
    } catch (error) {
      if (session.lost || lab.left) throw new Later();
      lab.say(error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /** A refused value stays in its field, with the rule beside it; the others are sent again. */
  refuse(error: unknown, values: Record<string, Value>): void {
    const lab = this.#lab;
    if (lab.left) return;
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof WaitsForTap) {
      lab.screen.draw(inEngineLine(message));
      lab.say(message);
      return;
    }
    if (engine().state !== "ready") return; // the engine's own words say what failed
    this.#settle(values);
    const { change, others } = refusalOf(message, values);
    lab.screen.draw(change);
    if (Object.keys(others).length > 0) void this.set(others).then(() => lab.screen.draw(change));
    lab.say(message);
  }

  /** These values are no longer on their way, unless newer ones have replaced them. */
  #settle(values: Record<string, Value>): void {
    const { pending } = this.#lab.screen.model;
    for (const [name, value] of Object.entries(values)) {
      if (pending[name] === value) delete pending[name];
    }
  }
}
