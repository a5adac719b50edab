/** Start Pyodide and NumPy as their manual says, in a worker. */

const worker = new Worker(new URL("stock-worker.js", import.meta.url), { type: "module" });
worker.onmessage = () => {
  globalThis.readyAfter = performance.now();
};
