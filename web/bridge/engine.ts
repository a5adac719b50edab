/** Python in this tab: one worker, started when first wanted, shared by every lab on every page. */

import { Connection } from "./connection";
import type { EngineError } from "./errors";
import { Files } from "./files";
import type { LoadProgress } from "./protocol";
import { Run } from "./run";
import { LabSession, type Opened, type Shown } from "./session";

export { EngineError } from "./errors";
export { Run, Stopped } from "./run";
export { LabSession } from "./session";
export { savesData, unsupported } from "./support";

export type EngineState = "idle" | "loading" | "ready" | "failed";

/** `message` is one readable sentence; `detail` is for those who look behind it. */
export interface EngineFailure {
  name: string;
  message: string;
  detail: string;
}

export interface Frame<D = unknown, S = unknown> {
  description: D;
  snapshot: S;
}

/** A name that may be typed next, and what it is: function, class, namespace, variable, keyword. */
export interface CodeName {
  label: string;
  type: string;
}

const FILES = Object.values(__RUNTIME__.files);

/** Dispatches `change` whenever state, progress or failure change. */
export class Engine extends EventTarget {
  /** What a first visit downloads. */
  readonly transferBytes = total(FILES.map(({ transfer }) => transfer));
  /** What labs want besides, kept for all of this tab. */
  readonly files = new Files();
  #state: EngineState = "idle";
  #progress: LoadProgress = {
    stage: "Loading Python",
    loadedBytes: 0,
    totalBytes: total(FILES.map(({ bytes }) => bytes)),
  };
  #failure: EngineFailure | null = null;
  #connection: Connection | null = null;
  #ready: Promise<void> | null = null;
  #attempts = 0;
  #lastRun: Promise<unknown> = Promise.resolve();
  #frameRequested = false;

  get state(): EngineState {
    return this.#state;
  }

  get progress(): LoadProgress {
    return this.#progress;
  }

  get failure(): EngineFailure | null {
    return this.#failure;
  }

  /** Idempotent. Rejects with the failure; only `retry` tries again. */
  start(): Promise<void> {
    this.#ready ??= this.#connect();
    return this.#ready;
  }

  /** A new worker, and every file asked of the network again. Open sessions are lost. */
  retry(): Promise<void> {
    return this.#reconnect(this.#attempts);
  }

  /** Run code, after all that was to run before it. See `run.ts`. */
  run<R = unknown>(
    content: Record<string, unknown>,
    onPiece: (piece: unknown) => void = () => {},
  ): Run<R> {
    const port = this.#lastRun.then(async () => {
      await this.start();
      return this.#connection as Connection;
    });
    const run = new Run<R>({ port, content, onPiece, replace: () => void this.#reconnect(0) });
    this.#lastRun = Promise.all([this.#lastRun, run.done.catch(() => {})]);
    return run;
  }

  /** The names that may stand where a cell's text ends; none while Python is not there. */
  async complete(page: string, text: string): Promise<CodeName[]> {
    if (this.#state !== "ready") return [];
    const reply = await (this.#connection as Connection).ask({ op: "complete", page, text });
    return (reply as { names: CodeName[] }).names;
  }

  /** Let go of what the cells of a page have made. */
  forget(page: string): void {
    if (this.#state === "ready")
      (this.#connection as Connection).ask({ op: "forget", page }).catch(() => {});
  }

  /** Open a lab, starting the engine where needed. Without `shown`, snapshots hold everything. */
  async open<D = unknown, S = unknown>(
    lab: string,
    options: Record<string, unknown>,
    shown?: Shown,
  ): Promise<LabSession<D, S>> {
    await this.start();
    const connection = this.#connection as Connection;
    const opened = await connection.ask({ op: "open", lab, options, shown });
    return new LabSession<D, S>(connection, opened as Opened<D, S>, shown);
  }

  /** The numbers of the sessions open in Python; none before the engine is ready. */
  async sessions(): Promise<number[]> {
    if (this.#state !== "ready") return [];
    const reply = await (this.#connection as Connection).ask({ op: "sessions" });
    return (reply as { open: number[] }).open;
  }

  #reconnect(attempt: number): Promise<void> {
    const previous = this.#connection;
    this.#connection = null;
    previous?.end();
    this.#ready = this.#connect(attempt);
    return this.#ready;
  }

  #connect(attempt = this.#attempts): Promise<void> {
    const ready = new Promise<void>((resolve, reject) => {
      const connection = new Connection(attempt, {
        onProgress: (progress) => this.#onProgress(progress),
        onReady: () => {
          this.#enter("ready");
          resolve();
        },
        onEnd: (error) => {
          reject(error);
          if (connection !== this.#connection) return;
          this.#ready = handled(Promise.reject(error));
          this.#enter("failed", error);
        },
      });
      this.#connection = connection;
    });
    this.#attempts += 1;
    this.#progress = { ...this.#progress, stage: "Loading Python", loadedBytes: 0 };
    this.#enter("loading");
    return handled(ready);
  }

  #enter(state: EngineState, error?: EngineError): void {
    this.#state = state;
    this.#failure = error
      ? { name: error.name, message: error.message, detail: error.traceback }
      : null;
    this.#announce();
  }

  /** Pieces arrive by the hundred; the page is told at most once per frame. */
  #onProgress(progress: LoadProgress): void {
    this.#progress = progress;
    if (this.#frameRequested) return;
    this.#frameRequested = true;
    requestAnimationFrame(() => {
      this.#frameRequested = false;
      this.#announce();
    });
  }

  #announce(): void {
    this.dispatchEvent(new Event("change"));
  }
}

/** The engine of this tab. It lives on the window, so it survives `navigation.instant`. */
export function engine(): Engine {
  const tab = globalThis as { unrolledEngine?: Engine };
  tab.unrolledEngine ??= new Engine();
  return tab.unrolledEngine;
}

/** A failure is also a state: whoever only watches `change` leaves no unhandled rejection. */
function handled(promise: Promise<void>): Promise<void> {
  promise.catch(() => {});
  return promise;
}

function total(sizes: number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}
