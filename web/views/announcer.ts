/** Results for those who listen: the newest sentence, at most one every two seconds. */
import type { Snapshot } from "./types";

const EVERY_MS = 2000;
const SETTLED_MS = 500; // a hand that drags has come to rest

export class Announcer {
  #last = 0;
  #timer = 0;
  readonly #speak: (sentence: string) => void;

  constructor(speak: (sentence: string) => void) {
    this.#speak = speak;
  }

  /** Say what an answer brings: what a button did, else what the step shows, else new facts. */
  tell(before: Snapshot, now: Snapshot): void {
    if (now.said && now.said !== before.said) this.say(now.said);
    else if (now.values["step"] !== before.values["step"])
      this.say(Object.values(now.figures)[0]?.summary ?? "");
    else if (!now.running) {
      const facts = newFacts(before, now);
      if (facts) this.say(facts, SETTLED_MS);
    }
  }

  /** Not before `rest` milliseconds, in which something newer may come. */
  say(sentence: string, rest = 0): void {
    clearTimeout(this.#timer);
    const wait = Math.max(rest, this.#last + EVERY_MS - performance.now());
    this.#timer = window.setTimeout(() => {
      this.#last = performance.now();
      this.#speak(sentence);
    }, wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** Those of a lab's facts, such as epoch and loss, that are not as they were. */
function newFacts(before: Snapshot, now: Snapshot): string {
  const known = new Map(before.status.map(({ name, value }) => [name, value]));
  const changed = now.status.filter(({ name, value }) => known.get(name) !== value);
  return changed.map(({ name, value }) => `${name}: ${value}.`).join(" ");
}
