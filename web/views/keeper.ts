/** Keeps a lab's work in this browser, so that it survives a reload, and brings it back. */
import { dropRecord, NotKept, readRecord, writeRecord } from "../bridge/records";
import type { Session } from "./seat";

/** A page that was just left may still hold the lock for a moment. */
const LOCK_PATIENCE_MS = 500;

/** What came of bringing back: nothing was there, it goes on, or why the record was dropped. */
export type Restored = "nothing" | "restored" | { refused: string };

export class Keeper {
  readonly #key: string;
  readonly #tell: (words: string) => void;
  readonly #late: (session: Session) => void;
  /** What `keep` was when it was last asked for. */
  #kept = 0;
  #writing: Promise<void> | null = null;
  #mine: Promise<boolean> | null = null;
  /** It began without its record, which another page still held. */
  #without: Session | null = null;
  #leaving = new AbortController();

  /**
   * `tell` says what a reload would lose, and why; "" when it loses nothing. `late` is told of a session
   * nobody has worked in, when the right to its record came only now: it may be restored after all.
   */
  constructor(id: string, tell: (words: string) => void, late: (session: Session) => void) {
    this.#key = `${location.pathname}#${id}`;
    this.#tell = tell;
    this.#late = late;
  }

  /** All that is worth keeping is kept. */
  isKept(session: Session): boolean {
    return !this.#writing && !this.#isNew(session);
  }

  /** Hand a new session what was kept, if its lab keeps anything. */
  async restore(session: Session): Promise<Restored> {
    if (typeof session.snapshot.keep !== "number") return "nothing";
    this.#kept = session.snapshot.keep;
    const mine = await this.#isMine();
    this.#without = mine ? null : session;
    const record = mine && (await this.#try(() => readRecord(this.#key)));
    if (!record) return "nothing";
    try {
      this.#kept = (await session.restore(record)).keep ?? 0;
      return "restored";
    } catch (error) {
      if (session.lost) return "nothing";
      await this.#try(() => dropRecord(this.#key));
      return { refused: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Told after every answer: what is new is kept, one record at a time, the newest last. */
  follow(session: Session): void {
    if (this.#writing || !this.#isNew(session)) return;
    this.#writing = this.#write(session).finally(() => {
      this.#writing = null;
      if (!session.lost) this.follow(session);
    });
  }

  /** The lab leaves the page: its very last state is kept, then other tabs may keep theirs. */
  async leave(session: Session | null): Promise<void> {
    await this.#writing;
    if (session && !session.lost && (session.snapshot.keep ?? 0) > 0) await this.#write(session);
    this.#leaving.abort();
    this.#leaving = new AbortController();
    this.#mine = null;
  }

  #isNew({ snapshot }: Session): boolean {
    return typeof snapshot.keep === "number" && snapshot.keep > this.#kept;
  }

  async #write(session: Session): Promise<void> {
    this.#kept = session.snapshot.keep ?? 0;
    if (!(await this.#isMine())) return;
    const record = await session.keep().catch(() => null); // its Python ended: said elsewhere
    if (record) await this.#try(() => writeRecord(this.#key, record));
  }

  async #try<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      const done = await work();
      this.#tell("");
      return done;
    } catch (error) {
      if (!(error instanceof NotKept)) throw error;
      this.#lose(error.message);
      return undefined;
    }
  }

  #lose(why: string): void {
    this.#tell(`This work is not kept: ${why}. Reloading or leaving the page loses it.`);
  }

  /** Of several tabs only the first keeps; when it leaves, the next one does. */
  #isMine(): Promise<boolean> {
    this.#mine ??= this.#lock();
    return this.#mine;
  }

  async #lock(): Promise<boolean> {
    const locks: LockManager | undefined = navigator.locks; // none where the page is not secure
    if (!locks) return true;
    const { signal } = this.#leaving;
    const mine = await new Promise<boolean>((resolve) => {
      setTimeout(() => resolve(false), LOCK_PATIENCE_MS);
      const holding = locks.request(`unrolled:${this.#key}`, { signal }, () => {
        resolve(true);
        this.#mine = Promise.resolve(true);
        this.#tell("");
        if (this.#without && !this.#isNew(this.#without)) this.#late(this.#without);
        return new Promise((release) => signal.addEventListener("abort", release));
      });
      holding.catch(() => resolve(!signal.aborted)); // locks may be closed to us, as storage may
    });
    if (!mine && !signal.aborted) this.#lose("another tab keeps this laboratory");
    return mine;
  }
}
