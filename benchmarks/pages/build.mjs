/**
 * Bundle pages/ours.ts as web/build.mjs bundles the book's script.
 *
 *     node benchmarks/pages/build.mjs WORKER OUT
 */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { build } from "esbuild";

const [worker, outfile] = process.argv.slice(2);
const body = readFileSync(worker);
const sha256 = createHash("sha256").update(body).digest("hex");
await build({
  bundle: true,
  define: {
    __RUNTIME__: readFileSync("build/runtime/manifest.json", "utf8"),
    __WORKER__: JSON.stringify({ file: basename(worker), bytes: body.length, sha256 }),
    __FILES__: "{}",
  },
  entryPoints: ["benchmarks/pages/ours.ts"],
  format: "esm",
  minify: true,
  outfile,
});
