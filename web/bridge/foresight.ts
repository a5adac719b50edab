/** What a slider will show where the hand has not been yet: asked of Python while it has nothing else to do. */
import { decodePacket, type NdArray } from "./wire";

/** Values asked for together, and the milliseconds after which Python leaves the others: hardly longer
 * does another request wait. */
const TOGETHER = { values: 16, budget_ms: 2 };

export class Foresight<S> {
  readonly control: string;
  readonly #figures: string[];
  #unknown: number[];
  /** Those of the request that is on its way. */
  #asked: number[] = [];
  readonly #packets = new Map<unknown, NdArray>();

  constructor(control: string, values: number[], figures: string[]) {
    this.control = control;
    this.#unknown = values;
    this.#figures = figures;
  }

  /** From now on the values nearest to this one are asked for first. */
  turnTo(here: number): void {
    this.#unknown.sort((one, other) => Math.abs(one - here) - Math.abs(other - here));
  }

  /** Whether setting these leaves true what was foreseen. */
  outlives(values: Record<string, unknown>): boolean {
    return Object.keys(values).every((name) => name === this.control);
  }

  /** The next request; none when all is known, or Python cannot tell. */
  next(): Record<string, unknown> | null {
    if (this.#unknown.length === 0) return null;
    this.#asked = this.#unknown.splice(0, TOGETHER.values);
    const { budget_ms } = TOGETHER;
    const rest = { values: this.#asked, figures: this.#figures, budget_ms };
    return { op: "foresee", control: this.control, ...rest };
  }

  /** What was answered, from the first value on; nothing where Python cannot tell, which ends it. */
  take(packets: NdArray[]): void {
    for (const [index, packet] of packets.entries()) this.#packets.set(this.#asked[index], packet);
    const left = this.#asked.slice(packets.length);
    this.#unknown = packets.length > 0 ? [...left, ...this.#unknown] : [];
  }

  /** The glance that this value brings, if it is known. */
  at(value: unknown): Partial<S> | undefined {
    const packet = this.#packets.get(value);
    return packet && (decodePacket(packet.data.slice().buffer as ArrayBuffer) as Partial<S>);
  }
}
