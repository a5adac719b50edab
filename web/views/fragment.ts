/** What the reader set, in the address: `#scalar-rnn?sequence=sine&w_h=1.2`. It sets, it never runs.
 *
 * `&hide=w_x,train` besides: what the reader is not to be shown (`hidden.ts`).
 */
import type { Snapshot, Value } from "./types";

const WRITE_AFTER_MS = 400;
const WRITTEN = "unrolled:address";
const HIDE = "hide";

export interface Asked {
  values: Record<string, Value>;
  /** The names of what is to be hidden. */
  hide: string[];
}

/** What a fragment asks of a lab, or null when it speaks of something else. */
export function readFragment(hash: string, id: string): Asked | null {
  const [name, query] = hash.replace(/^#/, "").split("?", 2);
  if (name !== id || !query) return null;
  const { [HIDE]: hide, ...values } = readValues(query);
  return {
    values,
    hide: String(hide ?? "")
      .split(",")
      .filter(Boolean),
  };
}

export function readValues(query: string): Record<string, Value> {
  return Object.fromEntries(new URLSearchParams(query));
}

/** A fragment with the preset, all that differs from it, and what is hidden. */
export function fragmentOf(id: string, snapshot: Snapshot, hiding: Iterable<string>): string {
  const query = new URLSearchParams({ preset: snapshot.preset });
  for (const name of snapshot.changed) query.set(name, String(snapshot.values[name]));
  const hide = [...hiding].join(",");
  return hide ? `#${id}?${query}&${HIDE}=${hide}` : `#${id}?${query}`;
}

/** Writes one lab's state into the address, soon after it changed and never while it runs. */
export class Address {
  #timer = 0;
  readonly #id: string;
  readonly #current: () => Snapshot;
  readonly #hiding: () => Iterable<string>;

  constructor(id: string, current: () => Snapshot, hiding: () => Iterable<string>) {
    this.#id = id;
    this.#current = current;
    this.#hiding = hiding;
  }

  write(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      if (this.#current().running) return;
      history.replaceState(history.state, "", this.#fragment);
      remember(location.href);
    }, WRITE_AFTER_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  get #fragment(): string {
    return fragmentOf(this.#id, this.#current(), this.#hiding());
  }
}

/**
 * This tab wrote its address itself: nobody followed a link to it. It is as old as the last change
 * outside a run, and may say less than what was kept.
 */
export function isOwnAddress(): boolean {
  try {
    return sessionStorage.getItem(WRITTEN) === location.href;
  } catch {
    return false; // storage is closed: nothing was kept either
  }
}

function remember(address: string): void {
  try {
    sessionStorage.setItem(WRITTEN, address);
  } catch {
    // Storage is closed or full: a reload then trusts the address.
  }
}
