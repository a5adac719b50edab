/** Loading may be slow but not silent: a watchdog notices when nothing moves any more. */

const TICK_MS = 1000;

export class Watchdog {
  readonly #onSilence: () => void;
  #patience: number;
  #silent = 0;
  readonly #timer: ReturnType<typeof setInterval>;

  /** Calls `onSilence` once after `patience` seconds without a call of `heard`. */
  constructor(patience: number, onSilence: () => void) {
    this.#patience = patience;
    this.#onSilence = onSilence;
    // Counting ticks instead of reading the clock: a laptop that slept has not been silent.
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  heard(patience = this.#patience): void {
    this.#patience = patience;
    this.#silent = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    this.#silent += 1;
    if (this.#silent < this.#patience) return;
    this.stop();
    this.#onSilence();
  }
}
