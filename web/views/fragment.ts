/** What the reader set, in the address: `#scalar-rnn?sequence=sine&w_h=1.2`. It sets, it never runs. */
import type { Snapshot, Value } from "./types";

/** The values a fragment holds for a lab, or null when it speaks of something else. */
export function readFragment(hash: string, id: string): Record<string, Value> | null {
  const [name, query] = hash.replace(/^#/, "").split("?", 2);
  return name === id && query ? readValues(query) : null;
}

export function readValues(query: string): Record<string, Value> {
  return Object.fromEntries(new URLSearchParams(query));
}

/** A fragment with the preset and all that differs from it. */
export function fragmentOf(id: string, snapshot: Snapshot): string {
  const query = new URLSearchParams({ preset: snapshot.preset });
  for (const name of snapshot.changed) query.set(name, String(snapshot.values[name]));
  return `#${id}?${query}`;
}
