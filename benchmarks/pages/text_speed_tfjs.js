/**
 * The same networks with TensorFlow.js on its WebAssembly backend (SIMD, one thread), written with
 * its core operations: all inputs in one product, one product per step, its own gradients and Adam.
 */

import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";

export * as layers from "./text_speed_layers.js";

export async function start(folder) {
  setWasmPaths(folder);
  setThreadsCount(1);
  await tf.setBackend("wasm");
  await tf.ready();
  const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
  return `${tf.getBackend()} ${tf.version_core ?? tf.version?.["tfjs-core"]}, SIMD ${simd}`;
}

/** Our matrices are (out, in); here a row is multiplied from the left. */
function variables({ arrays, shapes }) {
  const result = {};
  for (const [name, array] of Object.entries(arrays)) {
    const [rows, columns] = shapes[name];
    const tensor = columns
      ? tf.tidy(() => tf.transpose(tf.tensor2d(array, [rows, columns])))
      : tf.tensor1d(array);
    result[name] = tf.variable(tensor);
  }
  return result;
}

function step(kind, w, x, [h, c]) {
  const recurrent = tf.matMul(h, w["layer0.W_hh"]);
  if (kind === "rnn") {
    return [tf.tanh(tf.add(x, recurrent)), c];
  }
  if (kind === "lstm") {
    const [i, f, g, o] = tf.split(tf.add(x, recurrent), 4, 1);
    const cell = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
    return [tf.mul(tf.sigmoid(o), tf.tanh(cell)), cell];
  }
  const [xr, xz, xn] = tf.split(x, 3, 1);
  const [hr, hz, hn] = tf.split(recurrent, 3, 1);
  const r = tf.sigmoid(tf.add(xr, hr));
  const z = tf.sigmoid(tf.add(xz, hz));
  const n = tf.tanh(tf.add(xn, tf.mul(r, tf.add(hn, w["layer0.b_hn"]))));
  return [tf.add(n, tf.mul(z, tf.sub(h, n))), c];
}

export function trainer(task, windows) {
  const { kind, hidden, steps, batch, symbols, rate } = task;
  const w = variables(task);
  const optimiser = tf.train.adam(rate, 0.9, 0.999, 1e-8);
  const zeros = () => [tf.zeros([batch, hidden]), tf.zeros([batch, hidden])];
  let state = zeros();

  function once() {
    const { inputs, targets, fresh } = windows();
    if (fresh) {
      tf.dispose(state);
      state = zeros();
    }
    let after;
    const cost = tf.tidy(() => {
      const x = tf.cast(tf.oneHot(tf.tensor1d(inputs, "int32"), symbols), "float32");
      const wanted = tf.cast(tf.oneHot(tf.tensor1d(targets, "int32"), symbols), "float32");
      return optimiser.minimize(() => {
        const z = tf.add(tf.matMul(x, w["layer0.W_xh"]), w["layer0.b_h"]);
        const rows = tf.split(z, steps, 0);
        let now = state;
        const hs = rows.map((row) => {
          now = step(kind, w, row, now);
          return now[0];
        });
        after = now.map((each) => tf.keep(tf.clone(each)));
        const scores = tf.add(tf.matMul(tf.concat(hs, 0), w["head.W_hy"]), w["head.b_y"]);
        return tf.losses.softmaxCrossEntropy(wanted, scores);
      }, true);
    });
    tf.dispose(state);
    state = after;
    const loss = cost.dataSync()[0];
    cost.dispose();
    return loss;
  }
  return (iterations) => {
    let loss = 0;
    for (let i = 0; i < iterations; i++) {
      loss = once();
    }
    return loss;
  };
}

export function sampler(task) {
  const { kind, hidden } = task;
  const w = variables(task);
  const rows = w["layer0.W_xh"].shape[1];
  let state = [tf.zeros([1, hidden]), tf.zeros([1, hidden])];
  let index = 0;
  return (length) => {
    for (let i = 0; i < length; i++) {
      const [p, h, c] = tf.tidy(() => {
        const row = tf.slice(w["layer0.W_xh"], [index, 0], [1, rows]);
        const now = step(kind, w, tf.add(row, w["layer0.b_h"]), state);
        const scores = tf.add(tf.matMul(now[0], w["head.W_hy"]), w["head.b_y"]);
        return [tf.softmax(scores), ...now];
      });
      tf.dispose(state);
      state = [h, c];
      const probabilities = p.dataSync();
      p.dispose();
      let left = Math.random();
      for (index = 0; index < probabilities.length - 1; index++) {
        left -= probabilities[index];
        if (left < 0) {
          break;
        }
      }
    }
  };
}
