/** Text as bytes, nothing changed: half a character stays what it is, for Python to explain. */
import type { Bytes } from "./session";

const LONE = /\p{Surrogate}/u;

/** UTF-8, in which a lone surrogate is the three bytes it would have (WTF-8); browsers write �. */
export function encodeText(text: string): Bytes {
  const encoder = new TextEncoder();
  const pieces = text.split(/(\p{Surrogate})/u);
  if (pieces.length === 1) return encoder.encode(text);
  const parts = pieces.map((piece) => (LONE.test(piece) ? half(piece) : encoder.encode(piece)));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function half(surrogate: string): Uint8Array {
  const unit = surrogate.charCodeAt(0);
  return Uint8Array.of(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
}
