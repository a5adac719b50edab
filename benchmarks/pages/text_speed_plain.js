/**
 * Plain JavaScript in the manner of recurrentjs (Karpathy 2014): small matrices with their
 * gradients, and a tape of functions that is run backwards. A batch is the columns of a matrix.
 */

class Mat {
  constructor(rows, columns, values) {
    this.rows = rows;
    this.columns = columns;
    this.w = values ? Float64Array.from(values) : new Float64Array(rows * columns);
    this.dw = new Float64Array(rows * columns);
  }
}

class Tape {
  back = [];

  backward() {
    for (let i = this.back.length - 1; i >= 0; i--) {
      this.back[i]();
    }
  }

  mul(a, b) {
    const { rows, columns: inner } = a;
    const { columns } = b;
    const out = new Mat(rows, columns);
    if (columns === 1) {
      return this.#mulColumn(a, b, out);
    }
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < inner; k++) {
        const value = a.w[i * inner + k];
        for (let j = 0; j < columns; j++) {
          out.w[i * columns + j] += value * b.w[k * columns + j];
        }
      }
    }
    this.back.push(() => {
      for (let i = 0; i < rows; i++) {
        for (let k = 0; k < inner; k++) {
          const value = a.w[i * inner + k];
          let sum = 0;
          for (let j = 0; j < columns; j++) {
            const d = out.dw[i * columns + j];
            sum += b.w[k * columns + j] * d;
            b.dw[k * columns + j] += value * d;
          }
          a.dw[i * inner + k] += sum;
        }
      }
    });
    return out;
  }

  /** One column needs no innermost loop. */
  #mulColumn(a, b, out) {
    const { rows, columns: inner } = a;
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        sum += a.w[i * inner + k] * b.w[k];
      }
      out.w[i] = sum;
    }
    this.back.push(() => {
      for (let i = 0; i < rows; i++) {
        const d = out.dw[i];
        for (let k = 0; k < inner; k++) {
          a.dw[i * inner + k] += b.w[k] * d;
          b.dw[k] += a.w[i * inner + k] * d;
        }
      }
    });
    return out;
  }

  /** Column `indices[j]` of `a` for each j: what a one-hot vector would pick. */
  pluck(a, indices) {
    const out = new Mat(a.rows, indices.length);
    const columns = indices.length;
    for (let i = 0; i < a.rows; i++) {
      for (let j = 0; j < columns; j++) {
        out.w[i * columns + j] = a.w[i * a.columns + indices[j]];
      }
    }
    this.back.push(() => {
      for (let i = 0; i < a.rows; i++) {
        for (let j = 0; j < columns; j++) {
          a.dw[i * a.columns + indices[j]] += out.dw[i * columns + j];
        }
      }
    });
    return out;
  }

  /** a + b; b may be one column, added to each. */
  add(a, b) {
    const out = new Mat(a.rows, a.columns);
    const wide = b.columns === a.columns;
    for (let n = 0; n < out.w.length; n++) {
      out.w[n] = a.w[n] + b.w[wide ? n : (n / a.columns) | 0];
    }
    this.back.push(() => {
      for (let n = 0; n < out.w.length; n++) {
        a.dw[n] += out.dw[n];
        b.dw[wide ? n : (n / a.columns) | 0] += out.dw[n];
      }
    });
    return out;
  }

  times(a, b) {
    const out = new Mat(a.rows, a.columns);
    for (let n = 0; n < out.w.length; n++) {
      out.w[n] = a.w[n] * b.w[n];
    }
    this.back.push(() => {
      for (let n = 0; n < out.w.length; n++) {
        a.dw[n] += b.w[n] * out.dw[n];
        b.dw[n] += a.w[n] * out.dw[n];
      }
    });
    return out;
  }

  #each(a, value, slope) {
    const out = new Mat(a.rows, a.columns);
    for (let n = 0; n < out.w.length; n++) {
      out.w[n] = value(a.w[n]);
    }
    this.back.push(() => {
      for (let n = 0; n < out.w.length; n++) {
        a.dw[n] += slope(out.w[n]) * out.dw[n];
      }
    });
    return out;
  }

  tanh(a) {
    return this.#each(a, Math.tanh, (y) => 1 - y * y);
  }

  sigmoid(a) {
    return this.#each(
      a,
      (x) => 1 / (1 + Math.exp(-x)),
      (y) => y * (1 - y),
    );
  }

  oneMinus(a) {
    return this.#each(
      a,
      (x) => 1 - x,
      () => -1,
    );
  }
}

const GATES = { rnn: 1, lstm: 4, gru: 3 };

/** One matrix per gate, as recurrentjs has them. */
function parameters({ kind, hidden, symbols, arrays }) {
  const gates = Array.from({ length: GATES[kind] }, (_, gate) => {
    const cut = (name, width) =>
      new Mat(
        hidden,
        width,
        arrays[`layer0.${name}`].subarray(gate * hidden * width, (gate + 1) * hidden * width),
      );
    return { x: cut("W_xh", symbols), h: cut("W_hh", hidden), b: cut("b_h", 1) };
  });
  const inner = kind === "gru" ? new Mat(hidden, 1, arrays["layer0.b_hn"]) : null;
  const W = new Mat(symbols, hidden, arrays["head.W_hy"]);
  const b = new Mat(symbols, 1, arrays["head.b_y"]);
  const all = [...gates.flatMap((gate) => Object.values(gate)), ...(inner ? [inner] : []), W, b];
  return { gates, inner, W, b, all };
}

function step(tape, kind, { gates, inner, W, b }, indices, [h, c]) {
  const sums = ({ x, h: recurrent, b: bias }) =>
    tape.add(tape.add(tape.pluck(x, indices), tape.mul(recurrent, h)), bias);
  let now;
  if (kind === "rnn") {
    now = [tape.tanh(sums(gates[0])), c];
  } else if (kind === "lstm") {
    const [i, f, g, o] = gates.map(sums);
    const kept = tape.times(tape.sigmoid(f), c);
    const cell = tape.add(kept, tape.times(tape.sigmoid(i), tape.tanh(g)));
    now = [tape.times(tape.sigmoid(o), tape.tanh(cell)), cell];
  } else {
    const r = tape.sigmoid(sums(gates[0]));
    const z = tape.sigmoid(sums(gates[1]));
    const recalled = tape.add(tape.mul(gates[2].h, h), inner);
    const read = tape.add(tape.pluck(gates[2].x, indices), gates[2].b);
    const n = tape.tanh(tape.add(read, tape.times(r, recalled)));
    now = [tape.add(tape.times(tape.oneMinus(z), n), tape.times(z, h)), c];
  }
  return [now, tape.add(tape.mul(W, now[0]), b)];
}

/** Column `j` of scores as probabilities. */
function softmax({ w, rows, columns }, j) {
  let highest = -Infinity;
  for (let i = 0; i < rows; i++) {
    highest = Math.max(highest, w[i * columns + j]);
  }
  const p = new Float64Array(rows);
  let total = 0;
  for (let i = 0; i < rows; i++) {
    p[i] = Math.exp(w[i * columns + j] - highest);
    total += p[i];
  }
  return p.map((value) => value / total);
}

export function trainer(task, windows) {
  const { kind, hidden, steps, batch, rate } = task;
  const model = parameters(task);
  const moments = model.all.map(({ w }) => [
    new Float64Array(w.length),
    new Float64Array(w.length),
  ]);
  let state = [new Mat(hidden, batch), new Mat(hidden, batch)];
  let iteration = 0;

  function once() {
    const { inputs, targets, fresh } = windows();
    if (fresh) {
      state = [new Mat(hidden, batch), new Mat(hidden, batch)];
    }
    const tape = new Tape();
    const count = steps * batch;
    let loss = 0;
    for (let t = 0; t < steps; t++) {
      const row = inputs.subarray(t * batch, (t + 1) * batch);
      const [now, scores] = step(tape, kind, model, row, state);
      state = now;
      for (let j = 0; j < batch; j++) {
        const p = softmax(scores, j);
        const target = targets[t * batch + j];
        loss -= Math.log(p[target]);
        p[target] -= 1;
        for (let i = 0; i < p.length; i++) {
          scores.dw[i * batch + j] = p[i] / count;
        }
      }
    }
    tape.backward();
    iteration++;
    const k = 1 - 0.9 ** iteration;
    const l = 1 - 0.999 ** iteration;
    for (const [at, { w, dw }] of model.all.entries()) {
      const [m, v] = moments[at];
      for (let n = 0; n < w.length; n++) {
        m[n] += 0.1 * (dw[n] - m[n]);
        v[n] += 0.001 * (dw[n] * dw[n] - v[n]);
        w[n] -= (rate * (m[n] / k)) / (Math.sqrt(v[n] / l) + 1e-8);
        dw[n] = 0;
      }
    }
    state = state.map(({ rows, columns, w }) => new Mat(rows, columns, w));
    return loss / count;
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
  const model = parameters(task);
  let state = [new Mat(hidden, 1), new Mat(hidden, 1)];
  let index = 0;
  return (length) => {
    for (let i = 0; i < length; i++) {
      const [now, scores] = step(new Tape(), kind, model, [index], state);
      state = now;
      const p = softmax(scores, 0);
      let left = Math.random();
      for (index = 0; index < p.length - 1; index++) {
        left -= p[index];
        if (left < 0) {
          break;
        }
      }
    }
  };
}
