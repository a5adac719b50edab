/** Time epochs of the one-unit network in the page's Python, and the same loop in JavaScript. */

import { loadPyodide } from "./pyodide.mjs";

const START = [0.5, 0.5, 0.5, 0, 0];
const SERIES = Array.from({ length: 11 }, (_, step) => (step - 5) / 5);
const RATE = 0.01;

function clip(slope) {
  return Math.min(Math.max(slope, -5), 5);
}

/** The loop of rnn.one_unit and rnn.descent, line for line. */
function train(epochs) {
  let [wX, wH, wY, bH, bY] = START;
  const steps = SERIES.length - 1;
  let loss = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const hidden = [];
    const outputs = [];
    let state = 0;
    for (let t = 0; t < steps; t++) {
      state = Math.tanh(wX * SERIES[t] + wH * state + bH);
      hidden.push(state);
      outputs.push(wY * state + bY);
    }
    let [dWX, dWH, dWY, dBH, dBY, later] = [0, 0, 0, 0, 0, 0];
    loss = 0;
    for (let t = steps - 1; t >= 0; t--) {
      const difference = outputs[t] - SERIES[t + 1];
      const error = (2 / steps) * difference;
      const signal = (wY * error + later) * (1 - hidden[t] * hidden[t]);
      loss += (difference * difference) / steps;
      dWY += error * hidden[t];
      dBY += error;
      dWX += signal * SERIES[t];
      dWH += signal * (t ? hidden[t - 1] : 0);
      dBH += signal;
      later = wH * signal;
    }
    wX -= RATE * clip(dWX);
    wH -= RATE * clip(dWH);
    wY -= RATE * clip(dWY);
    bH -= RATE * clip(dBH);
    bY -= RATE * clip(dBY);
  }
  return loss;
}

function microseconds(epochs) {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run++) {
    const started = performance.now();
    train(epochs);
    best = Math.min(best, performance.now() - started);
  }
  return (best / epochs) * 1000;
}

self.onmessage = async ({ data: { base, lock } }) => {
  const python = await loadPyodide({
    indexURL: base,
    lockFileContents: lock,
    packageBaseUrl: base,
    packages: Object.keys(lock.packages),
  });
  const code = await (await fetch(new URL("epoch_in_python.py", import.meta.url))).text();
  const results = JSON.parse(python.runPython(code));
  self.postMessage({ ...results, javascript: { time: microseconds(200_000), loss: train(500) } });
};
