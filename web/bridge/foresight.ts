/** What a slider will show where the hand has not been yet: asked of Python while it has nothing else to do. */
import { decodePacket, type NdArray } from "./wire";

/** Values asked for together, and the milliseconds after which Python leaves the others: hardly longer
 * does another request wait. */
const TOGETHER = { values: 16, budget_ms: 2 };

export class Foresight<S> {
  readonly control: string;
  readonly #figures: string[];
  #unknown: number[];
  readonly #packets = new Map<unknown, NdArray>();

  /** `values` come in the order in which they are asked for. */
  constructor(control: string, values: number[], figures: string[]) {
    this.control = control;
    this.#unknown = values;
    this.#figures = figures;
  }

  /** Whether setting these leaves true what was foreseen. */
  outlives(values: Record<string, unknown>): boolean {
    return Object.keys(values).every((name) => name === this.control);
  }

  /** The next request; none when all is known, or Python cannot tell. */
  next(): Record<string, unknown> | null {
    if (this.#unknown.length === 0) return null;
    const values = this.#unknown.slice(0, TOGETHER.values);
    const { budget_ms } = TOGETHER;
    return { op: "foresee", control: this.control, values, figures: this.#figures, budget_ms };
  }

  /** What was answered, from the first value on; nothing where Python cannot tell, which ends it. */
  take(packets: NdArray[]): void {
    for (const [index, packet] of packets.entries())
      this.#packets.set(this.#unknown[index], packet);
    this.#unknown = packets.length > 0 ? this.#unknown.slice(packets.length) : [];
  }

  /** The glance that this value brings, if it is known. */
  at(value: unknown): Partial<S> | undefined {
    const packet = this.#packets.get(value);
    return packet && (decodePacket(packet.data.slice().buffer as ArrayBuffer) as Partial<S>);
  }
}
