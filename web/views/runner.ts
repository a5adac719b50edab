/** Long work in slices: between two of them every control answers.
 *
 * Nothing here waits for a frame or, at full speed, for a timer: in a hidden tab it goes on.
 */
import type { Session } from "./seat";
import type { Snapshot } from "./types";

const SLICE_MS = 24;

export class Runner {
  #running = false;
  readonly #session: () => Session | null;
  readonly #take: (snapshot: Snapshot) => void;

  /** `take` is given every answer. */
  constructor(session: () => Session | null, take: (snapshot: Snapshot) => void) {
    this.#session = session;
    this.#take = take;
  }

  get running(): boolean {
    return this.#running;
  }

  /** Resolves when nothing is running any more; rejects when the work fails. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let session = this.#session(); session?.snapshot.running; session = this.#session()) {
        this.#take(await session.advance(SLICE_MS));
        const wait = session.snapshot.wait_ms;
        if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
      }
    } finally {
      this.#running = false;
    }
  }
}
