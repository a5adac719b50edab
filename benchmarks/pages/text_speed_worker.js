/**
 * All contenders in one worker, asked in turn: { contender, task, iterations } comes in, the time in
 * milliseconds and the last loss go out.
 */

import { loadPyodide } from "./pyodide.mjs";
import * as plain from "./text_speed_plain.js";
import * as tfjs from "./tfjs.js";

let python;
let setup;
const made = new Map();

/** The windows of text_speed_in_python.py's Streams. */
function windowsOf({ steps, batch }) {
  const length = Math.floor((setup.indices.length - 1) / batch);
  const windows = Math.floor(length / steps);
  let position = 0;
  return () => {
    const place = position++ % windows;
    const inputs = new Int32Array(steps * batch);
    const targets = new Int32Array(steps * batch);
    for (let t = 0; t < steps; t++) {
      for (let b = 0; b < batch; b++) {
        const at = b * length + place * steps + t;
        inputs[t * batch + b] = setup.indices[at];
        targets[t * batch + b] = setup.indices[at + 1];
      }
    }
    return { inputs, targets, fresh: place === 0 };
  };
}

function make(contender, task) {
  if (contender === "engine" || contender === "columns") {
    const call = { engine: `engine("${task}")`, columns: `Columns("${task}").train` }[contender];
    return python.runPython(task === "sample" ? "sampler()" : call);
  }
  const library = { tfjs, layers: tfjs.layers, plain }[contender];
  const facts = setup.tasks[task === "sample" ? "lstm" : task];
  return task === "sample" ? library.sampler(facts) : library.trainer(facts, windowsOf(facts));
}

async function start({ base, lock }) {
  python = await loadPyodide({
    indexURL: base,
    lockFileContents: lock,
    packageBaseUrl: base,
    packages: Object.keys(lock.packages),
  });
  const code = await (await fetch(new URL("text_speed_in_python.py", import.meta.url))).text();
  python.runPython(code);
  const facts = python.runPython(`
{
    "indices": INDICES.astype(np.int32),
    "tasks": {
        task: {
            "kind": kind, "hidden": hidden, "steps": steps, "batch": batch,
            "symbols": SYMBOLS, "rate": RATE,
            "arrays": {n: a.ravel() for n, a in model_of(task).parameters.items()},
            "shapes": {n: list(a.shape) for n, a in model_of(task).parameters.items()},
        }
        for task, (kind, hidden, steps, batch) in TASKS.items()
    },
}
`);
  setup = facts.toJs({ dict_converter: Object.fromEntries });
  facts.destroy();
  const words = await tfjs.start(new URL("./", import.meta.url).href);
  return { words };
}

async function run({ contender, task, iterations }) {
  const name = `${contender} ${task}`;
  if (!made.has(name)) {
    made.set(name, make(contender, task));
  }
  const started = performance.now();
  const loss = await made.get(name)(iterations);
  return { time: performance.now() - started, loss: typeof loss === "number" ? loss : 0 };
}

self.onmessage = async ({ data }) => {
  try {
    self.postMessage(await (data.base ? start(data) : run(data)));
  } catch (error) {
    self.postMessage({ error: String(error.stack ?? error) });
  }
};
