/** What labs keep in this browser: one record a lab, in the order in which they were written. */
import { createStore, del, get, set, type UseStore } from "idb-keyval";
import type { Bytes } from "./session";

/** A record larger than this is not kept: it would be most of what a browser grants a site. */
export const MOST_BYTES = 64_000_000;

/** A browser that answers nothing in this time has no storage for us. */
const PATIENCE_MS = 3000;

/** Why nothing is kept; the message is the end of a sentence. */
export class NotKept extends Error {
  override readonly name = "NotKept";
}

let store: UseStore | null = null;
let last: Promise<unknown> = Promise.resolve();

/** What was kept under a key; undefined for nothing. Rejects with NotKept. */
export function readRecord(key: string): Promise<Bytes | undefined> {
  return inTurn(async (records) => {
    const record: unknown = await get(key, records);
    return record instanceof Uint8Array ? (record as Bytes) : undefined;
  });
}

/** Rejects with NotKept; then what was kept before still is. */
export function writeRecord(key: string, record: Bytes): Promise<void> {
  if (record.length > MOST_BYTES) {
    const size = Math.round(record.length / 1e6);
    return Promise.reject(
      new NotKept(`it has ${size} MB, and at most ${MOST_BYTES / 1e6} MB are kept`),
    );
  }
  return inTurn((records) => set(key, record, records));
}

export function dropRecord(key: string): Promise<void> {
  return inTurn((records) => del(key, records));
}

/** One after another, so that a page entered anew reads what the one before it still writes. */
function inTurn<T>(work: (records: UseStore) => Promise<T>): Promise<T> {
  const turn = last.then(() => withPatience(work)).catch(explain);
  last = turn.catch(() => {});
  return turn;
}

function withPatience<T>(work: (records: UseStore) => Promise<T>): Promise<T> {
  store ??= createStore("unrolled", "labs");
  let timer: ReturnType<typeof setTimeout>;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotKept("its storage does not answer")), PATIENCE_MS);
  });
  return Promise.race([work(store), silence]).finally(() => clearTimeout(timer));
}

function explain(error: unknown): never {
  if (error instanceof NotKept) throw error;
  const full = error instanceof DOMException && error.name === "QuotaExceededError";
  throw new NotKept(full ? "its storage is full" : "its storage is closed to this page");
}
