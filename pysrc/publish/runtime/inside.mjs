/**
 * Run one Python script inside Pyodide, with folders of this machine mounted.
 *
 * Bytecode belongs to one version of Python. This is the version the pages run, on every machine.
 *
 *     node inside.mjs SCRIPT STDLIB NAME=FOLDER...     (FOLDER appears as /NAME)
 */

import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const [script, stdLibURL, ...mounts] = process.argv.slice(2);
// Makes py_compile write the hash of a source instead of its time.
const env = { SOURCE_DATE_EPOCH: "315532800", PYTHONHASHSEED: "0" };
try {
  const python = await loadPyodide({ stdLibURL, env });
  for (const mount of mounts) {
    const [name, folder] = mount.split("=");
    python.mountNodeFS(`/${name}`, folder);
  }
  python.runPython(readFileSync(script, "utf8"));
} catch (error) {
  // Left uncaught, Node would print the megabyte of minified code the error came from.
  console.error(error.message);
  process.exitCode = 1;
}
