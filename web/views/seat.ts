/** A lab's seat in Python: taken when first needed, kept while the lab is on the page. */
import { engine, type LabSession } from "../bridge/engine";
import { savesData } from "../bridge/support";
import { type LabModel, shownOf } from "./model";
import type { Description, Snapshot, Value } from "./types";

export type Session = LabSession<Description, Snapshot>;

/** With Save-Data only the tap that states the size starts the engine. */
export class WaitsForTap extends Error {
  override readonly message = "This needs Python, which waits for your tap to save data.";
}

export class Seat {
  readonly #model: LabModel;
  /** What the page itself asked for: a new session starts there too. */
  readonly #given: Record<string, Value>;
  #session: Session | null = null;
  #opening: Promise<Session> | null = null;
  #left = new AbortController();
  readonly #prepare: (session: Session) => Promise<void>;

  /** `prepare` has a new session to itself before anyone else. */
  constructor(model: LabModel, prepare: (session: Session) => Promise<void>) {
    this.#model = model;
    this.#prepare = prepare;
    this.#given = { preset: model.snapshot.preset, ...model.snapshot.start };
  }

  /** The open session; none when its worker was lost. */
  get session(): Session | null {
    if (this.#session?.lost) {
      this.#session = null;
      this.#opening = null;
    }
    return this.#session;
  }

  get opening(): boolean {
    return this.#opening !== null;
  }

  /** The open session, opening it (and the engine) where needed, as the page shows the lab now. */
  open(): Promise<Session> {
    if (this.session) return Promise.resolve(this.session);
    if (savesData() && engine().state === "idle") return Promise.reject(new WaitsForTap());
    if (this.#opening) return this.#opening;
    const opening = this.#openAnew().finally(() => {
      // The lab may have left meanwhile, come back and begun anew.
      if (this.#opening === opening) this.#opening = null;
    });
    this.#opening = opening;
    return opening;
  }

  /** The lab has left the page; it may come back. `last` is what its session still has to do. */
  leave(last: (session: Session | null) => Promise<void>): void {
    this.#left.abort();
    this.#left = new AbortController();
    const session = this.#session;
    this.#session = null;
    this.#opening = null;
    void last(session).finally(() => session?.close());
  }

  async #openAnew(): Promise<Session> {
    const model = this.#model;
    const { snapshot, description } = model;
    const { signal } = this.#left;
    const session = await engine().open<Description, Snapshot>(
      description.name,
      this.#given,
      shownOf(model),
    );
    this.#endIf(signal, session);
    await this.#prepare(session);
    this.#endIf(signal, session);
    this.#session = session;
    const kept = Object.fromEntries(snapshot.changed.map((name) => [name, snapshot.values[name]]));
    if (snapshot.preset !== this.#given["preset"]) kept["preset"] = snapshot.preset;
    session.shown = shownOf(model); // a door may have opened meanwhile
    await session.set(kept);
    return session;
  }

  #endIf({ aborted }: AbortSignal, session: Session): void {
    if (!aborted) return;
    session.close();
    throw new DOMException("The laboratory has left the page.", "AbortError");
  }
}
