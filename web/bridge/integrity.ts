/** Every byte is counted and checked against the SHA-256 its page was built with, before use. */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

export interface Expected {
  bytes: number;
  sha256: string;
}

export interface Delivery {
  /** The file's name in messages. */
  name: string;
  expected: Expected;
  /** Called with the size of each piece as it arrives. */
  onBytes?: (count: number) => void;
}

/** A file that did not arrive as it was built. `message` names it in a sentence. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
}

/** Request a file, refusing anything but success. */
export async function request(url: string, name: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    throw new DeliveryError(`${name} could not be fetched: the network gave no answer.`);
  }
  if (!response.ok) {
    throw new DeliveryError(
      `${name} could not be fetched: the server answered ${response.status}.`,
    );
  }
  return response;
}

/** Read a response to its end; resolve only with exactly the expected bytes. */
export async function readVerified(
  response: Response,
  { name, expected, onBytes }: Delivery,
): Promise<Uint8Array<ArrayBuffer>> {
  const content = new Uint8Array(expected.bytes);
  const length = await readInto(content, response, name, onBytes);
  if (length < expected.bytes) {
    throw new DeliveryError(`${name} is cut short: ${length} of ${expected.bytes} bytes arrived.`);
  }
  if ((await digest(content)) !== expected.sha256) {
    throw new DeliveryError(
      `${name} is damaged: its content is not what this page was built with.`,
    );
  }
  return content;
}

async function readInto(
  content: Uint8Array,
  response: Response,
  name: string,
  onBytes?: (count: number) => void,
): Promise<number> {
  const reader = response.body?.getReader();
  let length = 0;
  try {
    for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
      const { value } = piece;
      if (length + value.length > content.length) {
        throw new DeliveryError(`${name} is damaged: it is longer than ${content.length} bytes.`);
      }
      content.set(value, length);
      length += value.length;
      onBytes?.(value.length);
    }
  } catch (error) {
    if (error instanceof DeliveryError) throw error;
    throw new DeliveryError(`${name} was interrupted after ${length} of ${content.length} bytes.`);
  }
  return length;
}

/** Browsers offer `crypto.subtle` on secure origins only; plain http gets the slower JavaScript. */
async function digest(content: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (!subtle) return bytesToHex(sha256(content));
  return bytesToHex(new Uint8Array(await subtle.digest("SHA-256", content)));
}
