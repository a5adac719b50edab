/** Results for those who listen: the newest sentence, at most one every two seconds. */

const EVERY_MS = 2000;

export class Announcer {
  #last = 0;
  #timer = 0;
  readonly #speak: (sentence: string) => void;

  constructor(speak: (sentence: string) => void) {
    this.#speak = speak;
  }

  say(sentence: string): void {
    clearTimeout(this.#timer);
    const wait = Math.max(0, this.#last + EVERY_MS - performance.now());
    this.#timer = window.setTimeout(() => {
      this.#last = performance.now();
      this.#speak(sentence);
    }, wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
