/** The engine alone: the page's own Python and model, without laboratory, bridge or views. */

import { loadPyodide } from "./pyodide.mjs";

let write;

async function start({ base, lock, model }) {
  const python = await loadPyodide({
    indexURL: base,
    lockFileContents: lock,
    packageBaseUrl: base,
    packages: Object.keys(lock.packages),
  });
  const content = new Uint8Array(await (await fetch(model)).arrayBuffer());
  python.globals.set("content", content);
  write = python.runPython(`
import numpy as np
from rnn.text.char_model import CharModel
from rnn.text.sampling import Choice, write

model = CharModel.from_checkpoint(content.to_bytes())
lambda length: len(write(model, np.random.default_rng(1), length, "The whale", Choice(0.8)))
`);
  return {};
}

function run({ length }) {
  const started = performance.now();
  write(length);
  return { milliseconds: performance.now() - started };
}

self.onmessage = async ({ data }) => {
  try {
    self.postMessage(await (data.base ? start(data) : run(data)));
  } catch (error) {
    self.postMessage({ error: String(error.stack ?? error) });
  }
};
