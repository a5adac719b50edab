/** Brings a lab the file it wants: the latest wish wins, and a failure waits for the reader's Retry. */
import { EngineError, engine } from "../bridge/engine";
import type { Content } from "../bridge/files";
import { deliveryWords } from "./engine-words";
import type { Delivery } from "./model";
import type { Snapshot } from "./types";

export class Supplier {
  #wanted: string | null = null;
  #fetching = new AbortController();
  #bringing: Promise<void> = Promise.resolve();
  readonly #hand: (name: string, content: Content) => Promise<void>;
  readonly #tell: (delivery: Delivery | null) => void;

  /** `hand` gives the lab a file and takes its answer; `tell` shows how far a delivery is. */
  constructor(
    hand: (name: string, content: Content) => Promise<void>,
    tell: (delivery: Delivery | null) => void,
  ) {
    this.#hand = hand;
    this.#tell = tell;
  }

  /** Told after every answer of the lab what it wants now. */
  follow(wants: string | null): void {
    if (wants === this.#wanted) return;
    this.stop();
    this.#wanted = wants;
    if (wants) this.#bringing = this.#bring(wants);
  }

  retry(): void {
    const wanted = this.#wanted;
    this.stop();
    this.follow(wanted);
  }

  /** Nothing is wanted: the file is there, or the lab or its Python has gone. */
  stop(): void {
    this.#fetching.abort();
    if (this.#wanted) this.#tell(null);
    this.#wanted = null;
  }

  /** Resolves when nothing is on its way any more, delivered or not. */
  async settled(): Promise<void> {
    for (let last = null; last !== this.#bringing; ) {
      last = this.#bringing;
      await last;
    }
  }

  async #bring(name: string): Promise<void> {
    this.#fetching = new AbortController();
    const { signal } = this.#fetching;
    const progress = (loaded: number, total: number): void => {
      this.#tell({ ...deliveryWords(engine().files.titleOf(name), loaded, total), failed: false });
    };
    try {
      const content = await engine().files.get(name, progress, signal);
      signal.throwIfAborted();
      await this.#hand(name, content);
      // A lab that took it wants it no longer, which has ended this delivery.
      const title = engine().files.titleOf(name).replace(/^t/, "T");
      if (!signal.aborted) this.#fail(`${title} arrived, but the laboratory left it.`);
    } catch (error) {
      if (signal.aborted) return;
      if (engine().state !== "ready")
        this.stop(); // the engine's own words say what failed
      else if (error instanceof EngineError) this.#fail(`${error.message}.`, error.traceback);
      else this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  #fail(words: string, detail = ""): void {
    this.#tell({ words, loaded: 0, total: 0, detail, failed: true });
  }
}

/** A lab that waits for its first file has nothing to draw: what stands on the page stays. */
export function heldBack(snapshot: Snapshot, before: Snapshot): Snapshot {
  const { actions, figures, readout, status, steps } = before;
  const values = { ...snapshot.values, step: before.values["step"] ?? 0 };
  return { ...snapshot, actions, figures, readout, status, steps, values };
}
