/** A page's labs and cells come to life one after the other, so that no tap waits for all of them. */
let last = Promise.resolve();

/** Call in a task of its own, after those that came before, unless aborted until then. */
export function inTurn(call: () => void, signal?: AbortSignal): void {
  last = last.then(
    () =>
      new Promise((done) => {
        setTimeout(() => {
          done();
          if (!signal?.aborted) call();
        });
      }),
  );
}
