/** A lab's side of Python: its session, the file it wants, what it keeps; anew where a worker ended. */
import { engine } from "../bridge/engine";
import type { Documents } from "./documents";
import { engineState, engineWords } from "./engine-words";
import { Keeper } from "./keeper";
import type { Delivery, LabModel } from "./model";
import type { Player } from "./player";
import type { Requests } from "./requests";
import type { Screen } from "./screen";
import { Seat, type Session } from "./seat";
import { Supplier } from "./supplier";
import type { Snapshot } from "./types";

/** What this needs of its lab. */
export interface Owner {
  readonly screen: Screen;
  readonly requests: Requests;
  readonly documents: Documents;
  readonly player: Player;
  /** The lab is no longer on the page. */
  readonly left: boolean;
  take(snapshot: Snapshot): void;
  say(sentence: string): void;
}

export class LabPython {
  readonly seat: Seat;
  readonly #lab: Owner;
  readonly #keeper: Keeper;
  readonly #supplier: Supplier;
  /** The newest session goes on from what was kept. */
  #restored = false;

  constructor(model: LabModel, lab: Owner) {
    this.#lab = lab;
    this.seat = new Seat(model, (session) => this.#prepare(session));
    this.#keeper = new Keeper(
      model.id,
      (notKept) => lab.screen.draw({ notKept }),
      (session) => void this.#restoreLate(session),
    );
    this.#supplier = new Supplier(
      async (name, content) => lab.take(await (await this.open()).give(name, content)),
      (delivery) => this.#followDelivery(delivery),
    );
  }

  get session(): Session | null {
    return this.seat.session;
  }

  get restored(): boolean {
    return this.#restored;
  }

  /** All that is worth keeping is kept. */
  get kept(): boolean {
    return !this.session || this.#keeper.isKept(this.session);
  }

  wake(): void {
    if (engine().state !== "failed") void this.open().catch(() => undefined);
  }

  /** The open session; a new one shows at once where it stands. */
  async open(): Promise<Session> {
    if (this.#lab.left) throw new DOMException("The laboratory has left the page.", "AbortError");
    if (this.session) return this.session;
    const session = await this.seat.open();
    this.#lab.take(session.snapshot);
    this.follow();
    return session;
  }

  load(): void {
    void this.#resume(engine().start());
  }

  retry(): void {
    if (engine().state === "failed") void this.#resume(engine().retry());
    else this.#supplier.retry();
  }

  /** Told after every change of the engine. */
  follow(): void {
    const { screen, player, requests, documents } = this.#lab;
    const { state } = engine();
    if (state === "failed" && screen.model.offer !== "retry") {
      player.stop();
      this.#supplier.stop();
      this.#lab.say(engineWords(engine()).words);
    }
    screen.draw(engineState(engine(), screen.model.files));
    // It had a session, or there is something to send: then it wants one in the new Python too.
    const waiting = screen.wasSupplied || requests.waiting || documents.waiting;
    if (state === "ready" && waiting && !this.session && !this.seat.opening)
      void this.#resume(Promise.resolve());
  }

  /** Told after every answer. */
  took({ wants }: Snapshot): void {
    this.#supplier.follow(wants ?? null);
    if (this.session) this.#keeper.follow(this.session);
  }

  /** Resolves when no file is on its way any more. */
  settled(): Promise<void> {
    return this.#supplier.settled();
  }

  leave(): void {
    this.#supplier.stop();
    this.seat.leave((session) => this.#keeper.leave(session));
  }

  /** A new session goes on from what was kept; else it is given the reader's documents again. */
  async #prepare(session: Session): Promise<void> {
    const restored = await this.#keeper.restore(session);
    this.#restored = restored === "restored";
    if (this.#restored) return;
    if (typeof restored === "object")
      this.#lab.screen.draw({ notKept: `What was kept is dropped: ${restored.refused}.` });
    this.#lab.documents.forgotten();
  }

  /** The page before this one took its time to let go of what it kept, or another tab has closed. */
  async #restoreLate(session: Session): Promise<void> {
    await this.#prepare(session);
    this.#lab.take(session.snapshot);
  }

  /** When the engine is there, send what the reader set and brought while it was not. */
  async #resume(started: Promise<void>): Promise<void> {
    try {
      await started;
      await this.open();
    } catch {
      return; // the engine's own words already say what failed
    }
    await this.#lab.requests.setPending();
    this.#lab.documents.resume();
  }

  #followDelivery(delivery: Delivery | null): void {
    this.#lab.screen.draw({ delivery });
    if (delivery?.failed) this.#lab.say(delivery.words);
  }
}
