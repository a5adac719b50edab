/** In the worker: code that may run long, and how it is stopped.
 *
 * Where the browser can suspend WebAssembly (JSPI), Python now and then lets this worker read its
 * messages, so it hears of Stop and answers labs meanwhile (pysrc/lab/cells/stopping.py). On a page
 * isolated from all others, shared memory interrupts Python. Elsewhere nothing can be heard while
 * code runs: the page replaces the worker.
 */

import type { PyodideAPI } from "pyodide";
import type { PyCallable, PyProxy } from "pyodide/ffi";

type Say = (piece: ArrayBuffer) => void;

/** Python may not know JavaScript; so this one line of it stands here. */
const BREATHE = `
from pyodide.ffi import run_sync
lambda turn: lambda: run_sync(turn())
`;

export class Runs {
  readonly interruptible: boolean;
  readonly #python: PyodideAPI;
  readonly #interrupt: Uint8Array | undefined;
  readonly #suspends = "Suspending" in WebAssembly && "promising" in WebAssembly;
  readonly #channel = new MessageChannel();
  #door: PyCallable | null = null;
  #breathe: PyCallable | undefined;
  #stopping = false;

  constructor(python: PyodideAPI, interrupt?: Uint8Array) {
    this.#python = python;
    this.#interrupt = interrupt;
    this.interruptible = interrupt !== undefined || this.#suspends;
    if (interrupt) python.setInterruptBuffer(interrupt);
  }

  /** Ask what runs to stop. */
  stop(): void {
    this.#stopping = true;
  }

  /** Run `lab.cells.door.run`; resolve with its packet. */
  async run(request: string, say: Say): Promise<ArrayBuffer> {
    const door = this.#open();
    this.#stopping = false;
    if (this.#interrupt) this.#interrupt[0] = 0;
    const emit = (bytes: PyProxy) => say(bufferOf(bytes));
    const bytes = (await (this.#breathe
      ? door.callPromising(request, emit, this.#breathe)
      : door(request, emit))) as PyProxy;
    if (this.#interrupt) this.#interrupt[0] = 0; // a Stop that came too late
    try {
      return bufferOf(bytes);
    } finally {
      bytes.destroy();
    }
  }

  /** The door, opened when first needed: a page without cells need not load what is behind it. */
  #open(): PyCallable {
    if (!this.#door) {
      this.#door = this.#python.pyimport("lab.cells.door").run as PyCallable;
      if (this.#suspends && !this.#interrupt) {
        const make = this.#python.runPython(BREATHE) as PyCallable;
        this.#breathe = make(() => this.#turn()) as PyCallable;
        make.destroy();
      }
    }
    return this.#door;
  }

  /** Let the messages that have come be read, then say whether Stop was among them. */
  #turn(): Promise<boolean> {
    const { port1, port2 } = this.#channel;
    return new Promise((resolve) => {
      port1.onmessage = () => resolve(this.#stopping);
      port2.postMessage(null);
    });
  }
}

/** Python's bytes, copied once out of its heap so that they can be transferred. */
export function bufferOf(bytes: PyProxy): ArrayBuffer {
  return (bytes.toJs() as Uint8Array<ArrayBuffer>).buffer;
}
