"""Readers' code runs here: streamed, stoppable, its errors cut down to the reader's own lines.

How another module uses it (exercises do):

1. Add an operation to `lab.cells.door.OPERATIONS`: a name, and `module:function`. The function gets
   the request (a dict) and a `Runner`, and returns plain data, which `lab.kit.wire` can pack.
2. In it, take a namespace from `fresh_namespace()`, and run the reader's text:

       text = Source("your code", request["text"])
       outcome = runner.execute(text, namespace)          # .status: done, error or stopped

3. What calls the reader's functions again must be stoppable and trimmed too:

       outcome = runner.guarded(lambda: check(namespace["step"]))   # .value is what check returned

   The first outcome that is not "done" ends it: return `outcome.told()`.
4. What the reader's code prints, plots and shows is streamed as pieces (`lab.cells.pieces`); add
   your own with `runner.say({"kind": …})`.
5. On the page: `engine().run({ op, … }, onPiece)` gives a `Run`: `run.done` resolves with what your
   function returned, `run.stop()` ends it within a second. See web/bridge/run.ts.
6. In a test there is no page: `Runner(pieces.append)` collects the pieces in a list.
"""

from lab.cells.runner import Outcome, Runner, fresh_namespace
from lab.cells.source import Source

__all__ = ["Outcome", "Runner", "Source", "fresh_namespace"]
