/** The sequence's clock: one step after another, each waiting for the last one's answer. */

const EVERY_MS = 700;

/** What is played. */
export interface Sequence {
  readonly atEnd: boolean;
  first(): Promise<void>;
  /** Says whether there can be a step after this one. */
  next(): Promise<boolean>;
}

export class Player {
  #timer = 0;
  #playing = false;
  readonly #sequence: Sequence;
  readonly #onChange: (playing: boolean) => void;

  constructor(sequence: Sequence, onChange: (playing: boolean) => void) {
    this.#sequence = sequence;
    this.#onChange = onChange;
  }

  /** Play on, from the beginning if it is at its end; or stop. */
  toggle(): void {
    if (this.#playing) this.stop();
    else if (this.#sequence.atEnd) void this.#sequence.first().then(() => this.#start());
    else this.#start();
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (!this.#playing) return;
    this.#playing = false;
    this.#onChange(false);
  }

  #start(): void {
    if (this.#playing) return;
    this.#playing = true;
    this.#onChange(true);
    this.#wait();
  }

  #wait(): void {
    this.#timer = window.setTimeout(() => void this.#tick(), EVERY_MS);
  }

  async #tick(): Promise<void> {
    const able = this.#sequence.atEnd || (await this.#sequence.next());
    if (!this.#playing) return;
    if (able && !this.#sequence.atEnd) this.#wait();
    else this.stop();
  }
}
