/** One open lab. Moving a slider sends its latest value, never a queue of old ones. */
import { Foresight } from "./foresight";
import type { NdArray } from "./wire";

export type Bytes = Uint8Array<ArrayBuffer>;

/** The side of the engine a session talks to. */
export interface Port {
  readonly ended: boolean;
  ask(request: Record<string, unknown>, attachment?: Bytes): Promise<unknown>;
}

/** What is on the screen: Python computes and sends nothing else. */
export interface Shown {
  figures: string[];
  tables: string[];
}

/** A snapshot, or some of one, or of what is kept its bytes. */
interface Reply<S> {
  snapshot?: S;
  glance?: Partial<S>;
  foreseen?: NdArray[];
  data?: NdArray;
}

const NOTHING: Shown = { figures: [], tables: [] };

interface Waiting<S> {
  /** Of a `set`: what this caller wants. */
  values?: Record<string, unknown> | undefined;
  resolve(reply: Reply<S>): void;
  reject(error: unknown): void;
}

interface Job<S> {
  request: Record<string, unknown>;
  attachment?: Bytes | undefined;
  /** Values of a `set` that has not left yet; a later `set` is merged into them. */
  values: Record<string, unknown> | null;
  /** What is to be seen of the answer, if not all that is on the screen. */
  shown?: Shown;
  waiting: Waiting<S>[];
  /** Of what is asked ahead: who takes it. */
  foresight?: Foresight<S>;
}

export interface Opened<D, S> {
  session: number;
  description: D;
  snapshot: S;
}

export class LabSession<D = unknown, S = unknown> {
  readonly description: D;
  /** Said with every request; without it snapshots hold everything. */
  shown: Shown | undefined;
  #snapshot: S;
  readonly #number: number;
  readonly #port: Port;
  readonly #queue: Job<S>[] = [];
  #foresight: Foresight<S> | null = null;
  #busy = false;
  #closed = false;

  constructor(port: Port, opened: Opened<D, S>, shown?: Shown) {
    this.#port = port;
    this.shown = shown;
    this.#number = opened.session;
    this.description = opened.description;
    this.#snapshot = opened.snapshot;
  }

  /** The latest snapshot that arrived. */
  get snapshot(): S {
    return this.#snapshot;
  }

  /** Its worker is gone: only a new session can go on. */
  get lost(): boolean {
    return this.#port.ended;
  }

  /** Latest wins: values that wait for the worker are replaced by newer ones, and all callers get that
   * snapshot. */
  async set(values: Record<string, unknown>): Promise<S> {
    const last = this.#queue.at(-1);
    if (last?.values && mayJoin(values, last.values)) {
      Object.assign(last.values, values);
      last.request["op"] = "set"; // what was to be a glance serves both as a snapshot
      return snapshotOf(await this.#wait(last, values));
    }
    return snapshotOf(await this.#queued(setJob<S>(values), values));
  }

  /** Set, and see of it some figures alone, for a hand that drags; all of it, if others wait for that. */
  async glance(values: Record<string, unknown>, figures: string[]): Promise<Partial<S>> {
    const last = this.#queue.at(-1);
    let reply: Reply<S>;
    if (last?.values && mayJoin(values, last.values)) {
      Object.assign(last.values, values);
      reply = await this.#wait(last, values);
    } else {
      reply = await this.#queued(setJob<S>(values, { op: "glance", figures }), values);
    }
    return reply.glance ?? snapshotOf(reply);
  }

  /** Ask ahead for what a figure will show at these values of one control, those next to `here` first,
   * whenever there is nothing else to do. */
  foresee(control: string, values: () => number[], here: number, figure: string): void {
    if (!this.#foresight?.tells(control, figure))
      this.#foresight = new Foresight(control, values(), figure);
    this.#foresight.turnTo(here);
    void this.#work();
  }

  /** What a glance of these values will bring of a figure, if that is known. */
  foreseen(values: Record<string, unknown>, figure: string): Partial<S> | undefined {
    const [control = ""] = Object.keys(values);
    return this.#foresight?.tells(control, figure) ? this.#foresight.at(values) : undefined;
  }

  act(action: string, argument: unknown = null): Promise<S> {
    return this.#enqueue({ op: "act", action, argument });
  }

  /** One slice of long work. Not to be seen, its snapshot has no figures. */
  async advance(budgetMs: number, seen = true): Promise<S> {
    const request = { op: "advance", budget_ms: budgetMs };
    const shown = seen ? undefined : NOTHING;
    return snapshotOf(await this.#queued({ request, values: null, shown, waiting: [] }));
  }

  /** Hand over a file the lab wants. One that it no longer wants is dropped. */
  give(name: string, content: Bytes): Promise<S> {
    return this.#enqueue({ op: "give", name }, content);
  }

  /** Hand over a document of the reader's; `filename` is "" for what was typed or pasted. */
  upload(control: string, filename: string, content: Bytes): Promise<S> {
    return this.#enqueue({ op: "upload", control, filename }, content);
  }

  /** What the lab wants to go on from, should this page end. */
  async keep(): Promise<Bytes> {
    const { data } = await this.#queued({ request: { op: "keep" }, values: null, waiting: [] });
    return (data as NdArray).data.slice() as Bytes;
  }

  /** Go on from what was once kept. */
  restore(content: Bytes): Promise<S> {
    return this.#enqueue({ op: "restore" }, content);
  }

  /** Idempotent, and safe when lost. What still waits is rejected with `SessionClosed`. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#foresight = null;
    for (const job of this.#queue.splice(0)) refuse(job, closedError());
    if (!this.lost) this.#ask({ request: { op: "close" } }).catch(() => {});
  }

  async #enqueue(request: Job<S>["request"], attachment?: Bytes): Promise<S> {
    return snapshotOf(await this.#queued({ request, values: null, attachment, waiting: [] }));
  }

  #queued(job: Job<S>, values?: Record<string, unknown>): Promise<Reply<S>> {
    if (this.#closed) return Promise.reject(closedError());
    this.#queue.push(job);
    const promise = this.#wait(job, values);
    void this.#work();
    return promise;
  }

  #wait(job: Job<S>, values?: Record<string, unknown>): Promise<Reply<S>> {
    if (!values || !this.#foresight?.outlives(values)) this.#foresight = null;
    return new Promise((resolve, reject) => job.waiting.push({ resolve, reject, values }));
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let job = this.#next(); job; job = this.#next()) {
      try {
        const reply = (await this.#ask(job)) as Reply<S>;
        this.#snapshot = reply.snapshot ?? this.#snapshot;
        for (const { resolve } of job.waiting) resolve(reply);
        job.foresight?.take(reply.foreseen ?? []);
      } catch (error) {
        // A refusal is for whoever asked for it: what was merged is asked again, each for itself.
        if (job.foresight) job.foresight.take([]);
        else if (job.waiting.length === 1 || this.#closed || this.lost) refuse(job, error);
        else this.#queue.unshift(...apart(job));
      }
    }
    this.#busy = false;
  }

  /** What is asked ahead goes last. */
  #next(): Job<S> | undefined {
    const job = this.#queue.shift();
    if (job) return job;
    const foresight = this.#foresight;
    const request = foresight?.next();
    return foresight && request ? { request, values: null, foresight, waiting: [] } : undefined;
  }

  #ask(job: Pick<Job<S>, "request" | "attachment" | "shown">): Promise<unknown> {
    const shown = job.shown ?? this.shown;
    return this.#port.ask({ ...job.request, session: this.#number, shown }, job.attachment);
  }
}

function snapshotOf<S>(reply: Reply<S>): S {
  return reply.snapshot as S;
}

function setJob<S>(
  given: Record<string, unknown>,
  request: Job<S>["request"] = { op: "set" },
): Job<S> {
  const values = { ...given };
  return { request: { ...request, values }, values, waiting: [] };
}

/** Whether together they do what they would one after the other. What is not set anew stays in its turn:
 * a preset or a seed sets other controls too. */
function mayJoin(values: Record<string, unknown>, waiting: Record<string, unknown>): boolean {
  const replaced = Object.keys(waiting).every((name) => name in values);
  return replaced || Object.keys(values).length === 0;
}

/** The jobs that were merged into one, in their order. */
function apart<S>({ waiting }: Job<S>): Job<S>[] {
  return waiting.map((one) => ({ ...setJob<S>(one.values ?? {}), waiting: [one] }));
}

function refuse<S>(job: Job<S>, error: unknown): void {
  for (const { reject } of job.waiting) reject(error);
}

function closedError(): Error {
  const error = new Error("This laboratory is closed.");
  error.name = "SessionClosed";
  return error;
}
