/** What a reader is told while code runs: that it waits, that it runs, and, when it does not end, why that may be. */
import type { Run } from "../bridge/engine";

const LONG_MS = 2000;
const WAITING = "Waiting for the code that runs now to end.";
export const STILL_RUNNING = "Still running. An endless loop looks just like this; Stop ends it.";

/** `words` are for a run that ends soon. Nothing is told after its end. */
export function followRun(run: Run<unknown>, words: string, tell: (words: string) => void): void {
  let timer = 0;
  let ended = false;
  const end = () => {
    ended = true;
    clearTimeout(timer);
  };
  run.done.then(end, end);
  tell(WAITING);
  void run.begun.then(() => {
    if (ended) return;
    tell(words);
    timer = window.setTimeout(() => tell(STILL_RUNNING), LONG_MS);
  });
}
