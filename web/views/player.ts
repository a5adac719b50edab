/** The sequence's clock: one step after another, each waiting for the last one's answer. */

const EVERY_MS = 700;

export class Player {
  #timer = 0;
  #playing = false;
  readonly #step: () => Promise<boolean>;
  readonly #onChange: (playing: boolean) => void;

  /** `step` goes one step on and says whether there are more. */
  constructor(step: () => Promise<boolean>, onChange: (playing: boolean) => void) {
    this.#step = step;
    this.#onChange = onChange;
  }

  get playing(): boolean {
    return this.#playing;
  }

  start(): void {
    if (this.#playing) return;
    this.#playing = true;
    this.#onChange(true);
    this.#wait();
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (!this.#playing) return;
    this.#playing = false;
    this.#onChange(false);
  }

  #wait(): void {
    this.#timer = window.setTimeout(() => void this.#tick(), EVERY_MS);
  }

  async #tick(): Promise<void> {
    const more = await this.#step();
    if (!this.#playing) return;
    if (more) this.#wait();
    else this.stop();
  }
}
