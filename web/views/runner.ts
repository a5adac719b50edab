/** Long work in slices: between two of them every control answers.
 *
 * Python is asked for its next slice before the last one is drawn, so that it works while the page
 * does. A lab that says how long a frame may stand (`frame_ms`) is not drawn more often: drawing
 * would take the processor from what it shows. Nothing here waits for a frame or, at full speed, for
 * a timer: in a hidden tab it goes on.
 */
import type { Session } from "./seat";
import type { Snapshot } from "./types";

const SLICE_MS = 24;

export class Runner {
  #running = false;
  /** When the last frame was drawn. */
  #drawnAt = 0;
  readonly #session: () => Session | null;
  readonly #draw: (snapshot: Snapshot) => void;

  /** `draw` is given every answer that is to be seen. */
  constructor(session: () => Session | null, draw: (snapshot: Snapshot) => void) {
    this.#session = session;
    this.#draw = draw;
  }

  get running(): boolean {
    return this.#running;
  }

  /** Resolves when nothing is running any more; rejects when the work fails. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let session = this.#session(); session?.snapshot.running; session = this.#session())
        await this.#runIn(session);
    } finally {
      this.#running = false;
    }
  }

  /** Until nothing runs in this session, or it is the lab's no longer. */
  async #runIn(session: Session): Promise<void> {
    let seen = true;
    let asked = session.advance(SLICE_MS);
    for (;;) {
      const answer = await asked;
      const drawn = seen;
      if (session !== this.#session()) return;
      if (!answer.running) {
        this.#see(drawn ? answer : await session.advance(0)); // the last frame is always seen
        return;
      }
      const wait = answer.wait_ms;
      seen = wait > 0 || performance.now() - this.#drawnAt >= (answer.frame_ms ?? 0);
      if (!wait) asked = session.advance(SLICE_MS, seen);
      if (drawn) this.#see(answer);
      if (!wait) continue;
      await new Promise((resolve) => setTimeout(resolve, wait));
      asked = session.advance(SLICE_MS);
    }
  }

  #see(answer: Snapshot): void {
    this.#drawnAt = performance.now();
    this.#draw(answer);
  }
}
