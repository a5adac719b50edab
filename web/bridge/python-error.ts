/** A Python exception in three parts: its class, its sentence, its traceback. */

import type { PythonError } from "pyodide/ffi";
import { toWire } from "./errors";
import type { WireError } from "./protocol";

export function isPythonError(error: unknown): error is PythonError {
  return error instanceof Error && error.name === "PythonError" && "type" in error;
}

export function toWireError(error: unknown): WireError {
  if (!isPythonError(error)) return toWire(error);
  const traceback = error.message.trimEnd();
  return { name: error.type, message: sentence(traceback, error.type), traceback };
}

/** What follows `package.module.Name: ` on the traceback's last line of that kind. */
function sentence(traceback: string, type: string): string {
  const heads = [...traceback.matchAll(new RegExp(`^(?:[\\w.]+\\.)?${type}: `, "gm"))];
  const head = heads.at(-1);
  return head ? traceback.slice(head.index + head[0].length) : type;
}
