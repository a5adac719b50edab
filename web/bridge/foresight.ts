/** What a slider will show where the hand has not been yet: asked of Python while it has nothing else to do. */
import { decodePacket, type NdArray } from "./wire";

/** Values asked for together, and the milliseconds after which Python leaves the others: hardly longer
 * does another request wait. */
const TOGETHER = { values: 16, budget_ms: 2 };

export class Foresight<S> {
  readonly #control: string;
  readonly #figure: string;
  /** Those nearest to `#here` come first. */
  #unknown: number[];
  #here = 0;
  /** Those of the request that is on its way. */
  #asked: number[] = [];
  readonly #packets = new Map<unknown, NdArray>();

  constructor(control: string, values: number[], figure: string) {
    this.#control = control;
    this.#unknown = values;
    this.#figure = figure;
  }

  /** Whether it tells what this figure will show when this control is moved. */
  tells(control: string, figure: string): boolean {
    return control === this.#control && figure === this.#figure;
  }

  /** From now on the values nearest to this one are asked for first. */
  turnTo(here: number): void {
    this.#here = here;
    this.#unknown.sort((one, other) => Math.abs(one - here) - Math.abs(other - here));
  }

  /** Whether setting these leaves true what was foreseen. */
  outlives(values: Record<string, unknown>): boolean {
    return Object.keys(values).every((name) => name === this.#control);
  }

  /** The next request; none when all is known, or Python cannot tell. */
  next(): Record<string, unknown> | null {
    if (this.#unknown.length === 0) return null;
    this.#asked = this.#unknown.splice(0, TOGETHER.values);
    const { budget_ms } = TOGETHER;
    const rest = { values: this.#asked, figures: [this.#figure], budget_ms };
    return { op: "foresee", control: this.#control, ...rest };
  }

  /** What was answered, from the first value on; nothing where Python cannot tell, which ends it. */
  take(packets: NdArray[]): void {
    for (const [index, packet] of packets.entries()) this.#packets.set(this.#asked[index], packet);
    if (packets.length === 0) this.#unknown = [];
    else this.#unknown.push(...this.#asked.slice(packets.length));
    this.turnTo(this.#here);
  }

  /** The glance that these values bring, if it is known. */
  at(values: Record<string, unknown>): Partial<S> | undefined {
    const packet = this.outlives(values) && this.#packets.get(values[this.#control]);
    if (!packet) return undefined;
    return decodePacket(packet.data.slice().buffer as ArrayBuffer) as Partial<S>;
  }
}
