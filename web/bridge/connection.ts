/** One worker's life: fetched, checked, started from a blob, asked, ended. */

import { EngineError, toWire } from "./errors";
import { readVerified, request } from "./integrity";
import type { FromWorker, LoadProgress, ToWorker } from "./protocol";
import type { Port } from "./session";
import { Watchdog } from "./watchdog";
import { decodePacket } from "./wire";

const RUNTIME_BASE = new URL(`../runtime/${__RUNTIME__.version}/`, import.meta.url);
const WORKER_URL = new URL(`./${__WORKER__.file}`, import.meta.url);

/** Seconds of silence allowed while bytes should arrive, and while Python starts without a sound. */
const PATIENCE = { loading: 10, starting: 60 };

/** What interrupts Python, as Ctrl-C does. */
const SIGINT = 2;

interface Call {
  onPiece?: ((piece: unknown) => void) | undefined;
  resolve(reply: unknown): void;
  reject(error: Error): void;
}

export interface Listener {
  onProgress(progress: LoadProgress): void;
  onReady(): void;
  onEnd(error: EngineError): void;
}

export class Connection implements Port {
  readonly #listener: Listener;
  readonly #attempt: number;
  readonly #watchdog: Watchdog;
  readonly #abort = new AbortController();
  readonly #calls = new Map<number, Call>();
  #worker: Worker | null = null;
  #blobUrl = "";
  #lastCall = 0;
  /** Where the page is isolated from all others: written to, it interrupts Python. */
  readonly #interrupt = globalThis.crossOriginIsolated
    ? new Uint8Array(new SharedArrayBuffer(1))
    : undefined;
  #interruptible = false;
  #missing = [__WORKER__.file];
  #ended = false;

  /** `attempt` above 0 asks the network again instead of any cache. */
  constructor(attempt: number, listener: Listener) {
    this.#attempt = attempt;
    this.#listener = listener;
    this.#watchdog = new Watchdog(PATIENCE.loading, () => this.#onSilence());
    this.#start().catch((error: Error) => this.end(wrap(error)));
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Send one request of `lab.kit.host`, copying its attachment; resolve with its decoded reply. */
  ask(content: Record<string, unknown>, attachment?: Uint8Array<ArrayBuffer>): Promise<unknown> {
    const request = JSON.stringify(content);
    return this.#call((id) =>
      this.#post({ kind: "call", id, request, ...(attachment && { attachment }) }),
    );
  }

  /** Run code (`lab.cells.door`): `onPiece` is given every piece; resolves with the outcome. */
  run(content: Record<string, unknown>, onPiece: (piece: unknown) => void): Promise<unknown> {
    const request = JSON.stringify(content);
    return this.#call((id) => this.#post({ kind: "run", id, request }), onPiece);
  }

  /** Ask the code that runs to stop; false where it cannot hear. */
  interrupt(): boolean {
    if (this.#interrupt) this.#interrupt[0] = SIGINT;
    else this.#post({ kind: "stop" });
    return this.#interruptible;
  }

  #call(post: (id: number) => void, onPiece?: Call["onPiece"]): Promise<unknown> {
    if (this.#ended) return Promise.reject(endedError());
    this.#lastCall += 1;
    const id = this.#lastCall;
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject, onPiece });
      post(id);
    });
  }

  /** Stop the worker and tell whoever waits why. Idempotent. */
  end(error: EngineError = endedError()): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#watchdog.stop();
    this.#abort.abort();
    this.#worker?.terminate();
    URL.revokeObjectURL(this.#blobUrl);
    for (const { reject } of this.#calls.values()) reject(error);
    this.#calls.clear();
    this.#listener.onEnd(error);
  }

  async #start(): Promise<void> {
    const body = await this.#fetchWorker();
    if (this.#ended) return;
    // A worker started from a blob inherits the page's Content-Security-Policy; one from a URL does not.
    this.#blobUrl = URL.createObjectURL(new Blob([body], { type: "text/javascript" }));
    this.#worker = new Worker(this.#blobUrl, { type: "module", name: "python" });
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    this.#worker.onerror = ({ message }) => this.end(crashError(message));
    this.#post({
      kind: "start",
      manifest: __RUNTIME__,
      base: RUNTIME_BASE.href,
      attempt: this.#attempt,
      ...(this.#interrupt && { interrupt: this.#interrupt }),
    });
  }

  async #fetchWorker(): Promise<Uint8Array<ArrayBuffer>> {
    const url = new URL(WORKER_URL);
    if (this.#attempt > 0) url.searchParams.set("retry", String(this.#attempt));
    const init: RequestInit = {
      signal: this.#abort.signal,
      cache: this.#attempt > 0 ? "reload" : "default",
    };
    const response = await request(url.href, __WORKER__.file, init);
    const onBytes = () => this.#watchdog.heard();
    return readVerified(response, { name: __WORKER__.file, expected: __WORKER__, onBytes });
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #receive(message: FromWorker): void {
    if (this.#ended) return;
    switch (message.kind) {
      case "progress":
        this.#onProgress(message.progress, message.missing);
        break;
      case "ready":
        this.#interruptible = message.interruptible;
        this.#watchdog.stop();
        URL.revokeObjectURL(this.#blobUrl);
        this.#listener.onReady();
        break;
      case "failed":
        this.end(new EngineError(message.error));
        break;
      case "piece":
        this.#calls.get(message.id)?.onPiece?.(decodePacket(message.packet));
        break;
      case "reply":
        this.#settle(message.id)?.resolve(decodePacket(message.packet));
        break;
      case "error":
        this.#settle(message.id)?.reject(new EngineError(message.error));
        break;
    }
  }

  #onProgress(progress: LoadProgress, missing: string[]): void {
    this.#missing = missing;
    this.#watchdog.heard(missing.length > 0 ? PATIENCE.loading : PATIENCE.starting);
    this.#listener.onProgress(progress);
  }

  #settle(id: number): Call | undefined {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    return call;
  }

  #onSilence(): void {
    const message =
      this.#missing.length > 0
        ? `${this.#missing.join(", ")}: nothing more arrived for ${PATIENCE.loading} seconds.`
        : `Python did not start within ${PATIENCE.starting} seconds.`;
    this.end(new EngineError({ name: "Silence", message, traceback: "" }));
  }
}

function wrap(error: unknown): EngineError {
  return new EngineError(toWire(error));
}

function crashError(detail: string): EngineError {
  const message = "The Python of this page stopped unexpectedly.";
  return new EngineError({ name: "WorkerCrash", message, traceback: detail });
}

function endedError(): EngineError {
  const message = "The Python of this page was restarted.";
  return new EngineError({ name: "EngineEnded", message, traceback: "" });
}
