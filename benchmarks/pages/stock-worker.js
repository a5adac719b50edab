import { loadPyodide } from "./pyodide.mjs";

const python = await loadPyodide({ packages: ["numpy"] });
python.runPython("import numpy");
postMessage("ready");
