/** The worker: starts Python, then answers one request after another with a packet. */

import type { PyodideAPI } from "pyodide";
import type { PyCallable, PyProxy } from "pyodide/ffi";
import type { CallMessage, FromWorker, RunMessage, StartMessage, ToWorker } from "./protocol";
import { startPython } from "./python";
import { isPythonError, toWireError } from "./python-error";
import { bufferOf, Runs } from "./runs";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<ToWorker>) => void;
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
};

let python: PyodideAPI;
let call: PyCallable;
let runs: Runs;

// Only a worker started from a blob inherits the page's Content-Security-Policy.
if (self.location.protocol !== "blob:") {
  throw new Error("This worker must be started from a blob.");
}
scope.onmessage = ({ data }) => {
  if (data.kind === "start") void start(data);
  else if (data.kind === "stop") runs.stop();
  else if (data.kind === "run") void run(data);
  else answer(data);
};

async function start(message: StartMessage): Promise<void> {
  try {
    python = await startPython(message, (progress, missing) =>
      scope.postMessage({ kind: "progress", progress, missing }),
    );
    call = python.pyimport("lab.kit.host").call;
    warmUp();
    runs = new Runs(python, message.interrupt);
    scope.postMessage({ kind: "ready", interruptible: runs.interruptible });
  } catch (error) {
    fail(error, "Python did not start");
  }
}

/** The first call of a path is the slowest; let it be this one. */
function warmUp(): void {
  packet('{"op": "sessions"}');
}

function answer({ id, request, attachment }: CallMessage): void {
  try {
    const reply = packet(request, attachment);
    scope.postMessage({ kind: "reply", id, packet: reply }, [reply]);
  } catch (error) {
    refuse(id, error);
  }
}

async function run({ id, request }: RunMessage): Promise<void> {
  try {
    const reply = await runs.run(request, (piece) =>
      scope.postMessage({ kind: "piece", id, packet: piece }, [piece]),
    );
    scope.postMessage({ kind: "reply", id, packet: reply }, [reply]);
  } catch (error) {
    refuse(id, error);
  }
}

function refuse(id: number, error: unknown): void {
  scope.postMessage({ kind: "error", id, error: toWireError(error) });
  // Not Python's own exception but its interpreter's end: nothing after this can be trusted.
  if (!isPythonError(error)) fail(error, "Python stopped unexpectedly");
}

/** A delivery has its own sentence; what a browser or Python throws gets one in front. */
function fail(error: unknown, words: string): void {
  const wire = toWireError(error);
  const message = wire.name === "DeliveryError" ? wire.message : `${words}: ${wire.message}`;
  scope.postMessage({ kind: "failed", error: { ...wire, message } });
}

function packet(request: string, attachment?: Uint8Array): ArrayBuffer {
  // In Python's heap an attachment is a memoryview of its own copy, free as soon as it is read.
  const view = attachment && (python.toPy(attachment) as PyProxy);
  let bytes: PyProxy | undefined;
  try {
    bytes = call(request, view) as PyProxy;
    return bufferOf(bytes);
  } finally {
    bytes?.destroy();
    view?.destroy();
  }
}
