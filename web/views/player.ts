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
  /** On its way to the first step. */
  #rewinding: Promise<void> | null = null;
  readonly #sequence: Sequence;
  readonly #onChange: (playing: boolean) => void;

  constructor(sequence: Sequence, onChange: (playing: boolean) => void) {
    this.#sequence = sequence;
    this.#onChange = onChange;
  }

  /** Play on, from the beginning if it is at its end; or stop. */
  toggle(): void {
    if (this.#rewinding) return;
    if (this.#playing) this.stop();
    else if (this.#sequence.atEnd) void this.#startAgain();
    else this.#start();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#rewinding = null;
    if (!this.#playing) return;
    this.#playing = false;
    this.#onChange(false);
  }

  async #startAgain(): Promise<void> {
    const rewinding = this.#sequence.first();
    this.#rewinding = rewinding;
    await rewinding;
    if (this.#rewinding !== rewinding) return; // stopped meanwhile
    this.#rewinding = null;
    this.#start();
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
