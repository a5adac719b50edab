/** The runtime on its way: every file requested at once, each checked, all counted together. */

import { DeliveryError, readVerified, request } from "./integrity";
import type { LoadProgress, StartMessage } from "./protocol";

export const WASM = "pyodide.asm.wasm";
export const SCRIPT = "pyodide.asm.mjs";
const PYTHON = [SCRIPT, WASM, "python_stdlib.zip"];

/** Pieces arrive faster than anyone can look. */
const REPORT_EVERY_MS = 16;

export type Report = (progress: LoadProgress, missing: string[]) => void;

interface Arrival {
  /** What Pyodide is given. */
  response: Promise<Response>;
  /** Settles when the whole file is here and is the right one. */
  verified: Promise<unknown>;
}

export class RuntimeFiles {
  readonly #start: StartMessage;
  readonly #report: Report;
  readonly #arrivals = new Map<string, Arrival>();
  readonly #missing: Set<string>;
  #loadedBytes = 0;
  #reportedAt = 0;

  constructor(start: StartMessage, report: Report) {
    this.#start = start;
    this.#report = report;
    const names = Object.keys(start.manifest.files);
    this.#missing = new Set(names);
    for (const name of names) this.#arrivals.set(name, this.#fetch(name));
  }

  /** Rejects as soon as one file does. */
  get verified(): Promise<unknown> {
    return Promise.all([...this.#arrivals.values()].map(({ verified }) => verified));
  }

  /** The address of a file; a retry has one that no cache knows. */
  url(name: string): string {
    const { base, attempt } = this.#start;
    return attempt > 0 ? `${base}${name}?retry=${attempt}` : base + name;
  }

  arrival(name: string): Arrival {
    const arrival = this.#arrivals.get(name);
    if (!arrival) throw new DeliveryError(`${name} is not part of this page's Python.`);
    return arrival;
  }

  /** Stands in for `fetch` while Pyodide starts: what it asks for is already on its way. */
  answer(address: string): Promise<Response> | null {
    if (!address.startsWith(this.#start.base)) return null;
    return this.arrival(address.slice(this.#start.base.length)).response;
  }

  report(stage = this.#stage()): void {
    const { files } = this.#start.manifest;
    const totalBytes = Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
    this.#report({ stage, loadedBytes: this.#loadedBytes, totalBytes }, [...this.#missing]);
    this.#reportedAt = performance.now();
  }

  #fetch(name: string): Arrival {
    const cache = this.#start.attempt > 0 ? "reload" : "default";
    const response = request(this.url(name), name, { cache });
    const arrival = name === WASM ? this.#stream(name, response) : this.#buffer(name, response);
    arrival.verified.catch(() => {}); // `verified` of all of them reports it
    arrival.response.catch(() => {});
    return arrival;
  }

  #buffer(name: string, response: Promise<Response>): Arrival {
    const verified = response.then((received) => this.#check(name, received));
    return { verified, response: verified.then((content) => new Response(content)) };
  }

  /** The browser compiles its own Response while a clone is checked: this keeps V8's code cache. */
  #stream(name: string, received: Promise<Response>): Arrival {
    const pair = received.then((given) => ({ given, verified: this.#check(name, given.clone()) }));
    return {
      response: pair.then(({ given }) => asWasm(given)),
      verified: pair.then(({ verified }) => verified),
    };
  }

  async #check(name: string, response: Response): Promise<Uint8Array<ArrayBuffer>> {
    const expected = this.#start.manifest.files[name];
    if (!expected) throw new DeliveryError(`${name} is not in the manifest.`);
    const onBytes = (count: number) => this.#count(count);
    const content = await readVerified(response, { name, expected, onBytes });
    this.#missing.delete(name);
    this.report();
    return content;
  }

  #count(bytes: number): void {
    this.#loadedBytes += bytes;
    if (performance.now() - this.#reportedAt > REPORT_EVERY_MS) this.report();
  }

  #stage(): string {
    if (PYTHON.some((name) => this.#missing.has(name))) return "Loading Python";
    return this.#missing.size > 0 ? "Loading NumPy" : "Starting Python";
  }
}

/** A server that does not know .wasm would keep the browser from compiling it as it streams. */
function asWasm(response: Response): Response {
  const type = "application/wasm";
  if (response.headers.get("Content-Type") === type) return response;
  return new Response(response.body, { headers: { "Content-Type": type } });
}
