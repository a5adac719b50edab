/** What the reader set, in the address: `#scalar-rnn?sequence=sine&w_h=1.2`. It sets, it never runs. */
import type { Snapshot, Value } from "./types";

const WRITE_AFTER_MS = 400;
const WRITTEN = "unrolled:address";

/** The values a fragment holds for a lab, or null when it speaks of something else. */
export function readFragment(hash: string, id: string): Record<string, Value> | null {
  const [name, query] = hash.replace(/^#/, "").split("?", 2);
  return name === id && query ? readValues(query) : null;
}

export function readValues(query: string): Record<string, Value> {
  return Object.fromEntries(new URLSearchParams(query));
}

/** A fragment with the preset and all that differs from it. */
function fragmentOf(id: string, snapshot: Snapshot): string {
  const query = new URLSearchParams({ preset: snapshot.preset });
  for (const name of snapshot.changed) query.set(name, String(snapshot.values[name]));
  return `#${id}?${query}`;
}

/** Writes one lab's state into the address, soon after it changed and never while it runs. */
export class Address {
  #timer = 0;
  readonly #id: string;
  readonly #current: () => Snapshot;

  constructor(id: string, current: () => Snapshot) {
    this.#id = id;
    this.#current = current;
  }

  write(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      if (this.#current().running) return;
      const fragment = fragmentOf(this.#id, this.#current());
      history.replaceState(history.state, "", fragment);
      remember(location.href);
    }, WRITE_AFTER_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Put the link on the clipboard; where there is none, the address bar holds it. */
  async copy(): Promise<boolean> {
    const fragment = fragmentOf(this.#id, this.#current());
    try {
      await navigator.clipboard.writeText(new URL(fragment, location.href).href);
      return true;
    } catch {
      location.hash = fragment;
      return false;
    }
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
