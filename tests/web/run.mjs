/** Bundle the TypeScript on standard input as the build does, and run it here: it prints its result. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { build } from "esbuild";

const FILE = { bytes: 4, sha256: "0".repeat(64) };

async function bundle(outfile) {
  await build({
    stdin: { contents: await text(process.stdin), resolveDir: "web", loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "node",
    outfile,
    define: {
      "import.meta.url": '"https://book.invalid/assets/unrolled.js"',
      __RUNTIME__: JSON.stringify({ version: "1", pyodide: "1", files: {}, lock: { packages: {} } }),
      __WORKER__: JSON.stringify({ ...FILE, file: "worker.js" }),
      __FILES__: JSON.stringify({}),
    },
  });
}

// What the modules ask of a page, and Node has not.
globalThis.window = globalThis;
globalThis.navigator ??= {};
globalThis.matchMedia = () => ({ matches: false });

const folder = await mkdtemp(join(tmpdir(), "unrolled-"));
try {
  await bundle(join(folder, "script.mjs"));
  await import(join(folder, "script.mjs"));
} finally {
  await rm(folder, { recursive: true });
}
