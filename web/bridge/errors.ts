/** Errors cross as name, message and traceback, and become errors again on the other side. */

import type { WireError } from "./protocol";

/** What went wrong in Python or while loading it. `message` is a sentence for the reader. */
export class EngineError extends Error {
  readonly traceback: string;

  constructor({ name, message, traceback }: WireError) {
    super(message);
    this.name = name;
    this.traceback = traceback;
  }
}

/** Any thrown value as plain data. */
export function toWire(error: unknown): WireError {
  if (error instanceof EngineError) {
    return { name: error.name, message: error.message, traceback: error.traceback };
  }
  if (error instanceof Error) {
    return { name: error.name, message: error.message, traceback: error.stack ?? "" };
  }
  return { name: "Error", message: String(error), traceback: "" };
}
