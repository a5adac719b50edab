/** Start the book's engine and nothing else; say how long after navigation it was ready. */

import { engine } from "../../web/bridge/engine";

engine()
  .start()
  .then(() => {
    Object.assign(globalThis, { readyAfter: performance.now() });
  });
