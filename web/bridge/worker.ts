/** The worker: starts Python, then answers one request after another with a packet. */

import type { PyBuffer, PyCallable } from "pyodide/ffi";
import type { CallMessage, FromWorker, StartMessage, ToWorker } from "./protocol";
import { startPython } from "./python";
import { isPythonError, toWireError } from "./python-error";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<ToWorker>) => void;
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
};

let call: PyCallable;

// Only a worker started from a blob inherits the page's Content-Security-Policy.
if (self.location.protocol !== "blob:") {
  throw new Error("This worker must be started from a blob.");
}
scope.onmessage = ({ data }) => {
  if (data.kind === "start") void start(data);
  else answer(data);
};

async function start(message: StartMessage): Promise<void> {
  try {
    const python = await startPython(message, (progress, missing) =>
      scope.postMessage({ kind: "progress", progress, missing }),
    );
    call = python.pyimport("lab.kit.host").call;
    warmUp();
    scope.postMessage({ kind: "ready" });
  } catch (error) {
    scope.postMessage({ kind: "failed", error: toWireError(error) });
  }
}

/** The first call of a path is the slowest; let it be this one. */
function warmUp(): void {
  packet('{"op": "sessions"}');
}

function answer({ id, request }: CallMessage): void {
  try {
    const reply = packet(request);
    scope.postMessage({ kind: "reply", id, packet: reply }, [reply]);
  } catch (error) {
    scope.postMessage({ kind: "error", id, error: toWireError(error) });
    // Not Python's own exception but its interpreter's end: nothing after this can be trusted.
    if (!isPythonError(error)) scope.postMessage({ kind: "failed", error: toWireError(error) });
  }
}

/** Python's bytes, copied once out of the heap so that they can be transferred. */
function packet(request: string): ArrayBuffer {
  const bytes = call(request) as PyBuffer;
  const view = bytes.getBuffer("u8");
  try {
    return view.data.slice().buffer as ArrayBuffer;
  } finally {
    view.release();
    bytes.destroy();
  }
}
