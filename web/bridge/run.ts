/** Code on its way through Python: a cell, or the check of an exercise. One runs at a time.
 *
 *     const run = engine().run({ op: "cell", page, name, text }, (piece) => show(piece));
 *     stopButton.onclick = () => run.stop();
 *     const outcome = await run.done;
 *
 * `op` is one of `OPERATIONS` in pysrc/lab/cells/door.py; pieces are described in pieces.py there.
 * `done` resolves with what the operation returned, a stopped run with `status: "stopped"`. It
 * rejects with a `Stopped` when nothing is left of the run: it had not begun, or it could only be
 * stopped by replacing the worker (`lost`), which takes what earlier runs had made with it.
 */

/** The side of the engine that a run talks to. */
export interface RunPort {
  readonly ended: boolean;
  run(content: Record<string, unknown>, onPiece: (piece: unknown) => void): Promise<unknown>;
  interrupt(): boolean;
}

/** What ends a run that leaves nothing behind. */
export class Stopped extends Error {
  override readonly name = "Stopped";
  /** Python was started anew. */
  readonly lost: boolean;

  constructor(lost: boolean) {
    super(
      lost
        ? "Stopped. Python had to start anew, and what the cells of this page had made is gone: run them again."
        : "Stopped before it began.",
    );
    this.lost = lost;
  }
}

/** After this long a run that was asked to stop is ended together with its worker. */
const PATIENCE_MS = 700;

interface Parts {
  /** Resolves when it is this run's turn, and Python is there. */
  port: Promise<RunPort>;
  content: Record<string, unknown>;
  onPiece: (piece: unknown) => void;
  /** End the worker and start another. */
  replace: () => void;
}

export class Run<R = unknown> {
  readonly done: Promise<R>;
  /** Resolves when it is its turn and Python is there; never, if it was stopped before. */
  readonly begun: Promise<void>;
  readonly #replace: () => void;
  #port: RunPort | null = null;
  #timer = 0;
  #stopped = false;
  #tellStopped: () => void = () => {};

  constructor({ port, content, onPiece, replace }: Parts) {
    this.#replace = replace;
    const stoppedEarly = new Promise<never>((_, reject) => {
      this.#tellStopped = () => reject(new Stopped(false));
    });
    const turn = Promise.race([port, stoppedEarly]);
    this.begun = new Promise((resolve) => turn.then(() => resolve()).catch(() => {}));
    this.done = turn.then((mine) => this.#in(mine, content, onPiece)) as Promise<R>;
  }

  /** Idempotent. Within a second `done` settles. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    if (!this.#port) this.#tellStopped();
    else if (this.#port.interrupt())
      this.#timer = setTimeout(() => this.#replace(), PATIENCE_MS) as unknown as number;
    else this.#replace();
  }

  async #in(
    port: RunPort,
    content: Record<string, unknown>,
    onPiece: (piece: unknown) => void,
  ): Promise<unknown> {
    this.#port = port;
    try {
      return await port.run(content, onPiece);
    } catch (error) {
      const late = error instanceof Error && error.name === "KeyboardInterrupt"; // while it ended
      if (this.#stopped && late) return { status: "stopped", seconds: 0, error: null };
      throw this.#stopped && port.ended ? new Stopped(true) : error;
    } finally {
      clearTimeout(this.#timer);
    }
  }
}
