/** A reply is plain data: its arrays are views into the bytes that came with it, never copies. */

export interface NdArray {
  shape: number[];
  data: Float64Array | Float32Array | Int32Array | Uint8Array;
}

type Dtype = "f8" | "f4" | "i4" | "u1";

interface ArrayReference {
  dtype: Dtype;
  shape: number[];
  /** In a packet: where its bytes are, counted from where the arrays begin. */
  at?: number;
  /** In a page: the values themselves; null is what JSON cannot say (NaN, infinity). */
  data?: (number | null)[];
}

type Resolve = (reference: ArrayReference) => NdArray;

const TYPES = { f8: Float64Array, f4: Float32Array, i4: Int32Array, u1: Uint8Array } as const;

/** Open a packet of `lab.kit.wire.to_packet`: uint32 n, n bytes of JSON, padding to 8, arrays. */
export function decodePacket(packet: ArrayBuffer): unknown {
  const length = new DataView(packet).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(packet, 4, length));
  const start = Math.ceil((4 + length) / 8) * 8;
  return replaceArrays(JSON.parse(text), ({ dtype, shape, at = 0 }) => ({
    shape,
    data: new TYPES[dtype](packet, start + at, elements(shape)),
  }));
}

/** Read the frame a page embeds: text written by `lab.kit.wire.to_json`. */
export function decodeFrame(json: string): unknown {
  return replaceArrays(JSON.parse(json), ({ dtype, shape, data = [] }) => ({
    shape,
    data: new TYPES[dtype](data.map((value) => value ?? Number.NaN)),
  }));
}

function replaceArrays(value: unknown, resolve: Resolve): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((inner) => replaceArrays(inner, resolve));
  const record = value as Record<string, unknown>;
  const reference = record.array;
  if (isReference(reference)) return resolve(reference);
  for (const key in record) record[key] = replaceArrays(record[key], resolve);
  return record;
}

function isReference(value: unknown): value is ArrayReference {
  return typeof value === "object" && value !== null && "dtype" in value && "shape" in value;
}

function elements(shape: number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
