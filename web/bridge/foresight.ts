/** What a slider will show where the hand has not been yet: asked of Python while it has nothing else to do. */
import { decodePacket, type NdArray } from "./wire";

/** Values asked for together: another request waits for them at most some two milliseconds. */
const TOGETHER = 16;

export class Foresight<S> {
  readonly control: string;
  readonly #figures: string[];
  readonly #unasked: number[];
  readonly #packets = new Map<unknown, NdArray>();

  /** `values` come in the order in which they are asked for. */
  constructor(control: string, values: number[], figures: string[]) {
    this.control = control;
    this.#unasked = [...values];
    this.#figures = figures;
  }

  /** Whether setting these leaves true what was foreseen. */
  outlives(values: Record<string, unknown>): boolean {
    return Object.keys(values).every((name) => name === this.control);
  }

  /** The next request, and what to do with its answer; none when all was asked. */
  next(): { request: Record<string, unknown>; take(packets: NdArray[]): void } | null {
    if (this.#unasked.length === 0) return null;
    const values = this.#unasked.splice(0, TOGETHER);
    return {
      request: { op: "foresee", control: this.control, values, figures: this.#figures },
      take: (packets) => {
        for (const [index, packet] of packets.entries()) this.#packets.set(values[index], packet);
      },
    };
  }

  /** The glance that this value brings, if it is known. */
  at(value: unknown): Partial<S> | undefined {
    const packet = this.#packets.get(value);
    return packet && (decodePacket(packet.data.slice().buffer as ArrayBuffer) as Partial<S>);
  }
}
