/**
 * The same networks with TensorFlow.js's own layers, as its users write them. Its weights are its
 * own, and its GRU resets before the product, so only its speed is compared.
 */

import * as tf from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";

const MAKE = { rnn: layers.layers.simpleRNN, lstm: layers.layers.lstm, gru: layers.layers.gru };

export function trainer({ kind, hidden, steps, batch, symbols, rate }, windows) {
  const options = {
    units: hidden,
    returnSequences: true,
    stateful: true,
    batchInputShape: [batch, steps, symbols],
    ...(kind === "rnn" ? {} : { recurrentActivation: "sigmoid", implementation: 2 }),
  };
  const model = layers.sequential();
  model.add(MAKE[kind](options));
  model.add(layers.layers.dense({ units: symbols, activation: "softmax" }));
  model.compile({
    loss: "categoricalCrossentropy",
    optimizer: tf.train.adam(rate, 0.9, 0.999, 1e-8),
  });
  /** Indices (steps, batch) as one-hot vectors (batch, steps, symbols). */
  const oneHot = (indices) =>
    tf.tidy(() =>
      tf.transpose(
        tf.cast(tf.oneHot(tf.tensor2d(indices, [steps, batch], "int32"), symbols), "float32"),
        [1, 0, 2],
      ),
    );
  return async (iterations) => {
    let loss = 0;
    for (let i = 0; i < iterations; i++) {
      const { inputs, targets, fresh } = windows();
      if (fresh) {
        model.resetStates();
      }
      const [x, y] = [oneHot(inputs), oneHot(targets)];
      loss = await model.trainOnBatch(x, y);
      tf.dispose([x, y]);
    }
    return loss;
  };
}

export function sampler({ kind, hidden, symbols }) {
  const model = layers.sequential();
  model.add(
    MAKE[kind]({
      units: hidden,
      stateful: true,
      batchInputShape: [1, 1, symbols],
      recurrentActivation: "sigmoid",
      implementation: 2,
    }),
  );
  model.add(layers.layers.dense({ units: symbols, activation: "softmax" }));
  let index = 0;
  return (length) => {
    for (let i = 0; i < length; i++) {
      const probabilities = tf.tidy(() => {
        const x = tf.cast(tf.oneHot(tf.tensor2d([[index]], [1, 1], "int32"), symbols), "float32");
        return model.predict(x).dataSync();
      });
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
