"""Inside Pyodide: put bytecode beside our sources in /work, never to be compared with them.

Unchecked, because the page has checked the whole wheel; beside the sources, because tracebacks
quote them.
"""

import compileall
from py_compile import PycInvalidationMode

done = compileall.compile_dir(
    "/work", quiet=1, stripdir="/work", invalidation_mode=PycInvalidationMode.UNCHECKED_HASH
)
if not done:
    raise SystemExit("a source does not compile")
