/**
 * Bundle what the browser and the build run: the worker, the page's script and style, the prerenderer.
 *
 * The worker comes first: the page's script carries the worker's hash and the runtime's manifest, so that it can
 * check every byte before it runs it; and the manifest of what a lab may ask for.
 */
import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { build } from "esbuild";

const OUT = "build/web";
const ASSETS = `${OUT}/assets`;

/** @type {import("esbuild").BuildOptions} */
const COMMON = {
  bundle: true,
  format: "esm",
  legalComments: "linked",
  logLevel: "silent",
  metafile: true,
  minify: true,
  target: "es2022",
};

/** Browsers we build for all read woff2: KaTeX's older formats would only add files. */
/** @type {import("esbuild").Plugin} */
const ONLY_WOFF2 = {
  name: "only-woff2",
  setup({ onLoad }) {
    onLoad({ filter: /katex(\.min)?\.css$/ }, async ({ path }) => {
      const css = await readFile(path, "utf8");
      return {
        contents: css.replaceAll(/,\s*url\([^)]*\.(woff|ttf)\)\s*format\([^)]*\)/g, ""),
        loader: "css",
      };
    });
  },
};

/** @param {import("esbuild").BuildOptions} options */
async function bundle(options) {
  const { metafile } = await build({ ...COMMON, ...options });
  const files = Object.entries(metafile?.outputs ?? {});
  const asked = Object.values(options.entryPoints); // what is imported when needed is an entry too
  const entry = files.find(([, output]) => asked.includes(output.entryPoint));
  if (!entry) throw new Error(`esbuild wrote no file for ${JSON.stringify(options.entryPoints)}`);
  return entry[0];
}

async function bundleWorker() {
  const path = await bundle({
    entryPoints: { worker: "web/bridge/worker.ts" },
    outdir: ASSETS,
    entryNames: "[name]-[hash]",
    external: ["node:*", "ws"],
  });
  const body = await readFile(path);
  return {
    file: basename(path),
    bytes: body.length,
    sha256: createHash("sha256").update(body).digest("hex"),
  };
}

async function bundleApp(worker, runtime, files) {
  return bundle({
    entryPoints: { unrolled: "web/views/main.ts" },
    outdir: ASSETS,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    splitting: true, // the editor is a file of its own, loaded when first needed
    define: {
      __RUNTIME__: JSON.stringify(runtime),
      __WORKER__: JSON.stringify(worker),
      __FILES__: JSON.stringify(files),
    },
  });
}

async function bundleStyle() {
  return bundle({
    entryPoints: { unrolled: "web/styles/main.css" },
    outdir: ASSETS,
    entryNames: "[name]-[hash]",
    assetNames: "fonts/[name]",
    loader: { ".woff2": "file" },
    plugins: [ONLY_WOFF2],
  });
}

async function bundlePrerenderer() {
  await build({
    ...COMMON,
    entryPoints: ["web/prerender.ts"],
    outfile: `${OUT}/prerender.mjs`,
    platform: "node",
    packages: "external",
    minify: false,
  });
}

async function readJson(path) {
  return JSON.parse(await readFile(path, "utf8"));
}

async function main() {
  const [runtime, files] = await Promise.all([
    readJson("build/runtime/manifest.json"),
    readJson("build/deliveries/manifest.json"),
  ]);
  await rm(OUT, { recursive: true, force: true });
  const worker = await bundleWorker();
  const [app, style] = await Promise.all([
    bundleApp(worker, runtime, files),
    bundleStyle(),
    bundlePrerenderer(),
  ]);
  const manifest = { "unrolled.js": basename(app), "unrolled.css": basename(style) };
  await writeFile(`${OUT}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** An error's place and text in one line, as every other tool prints it. */
function told(error) {
  const { location, text } = error.errors?.[0] ?? { text: error.message };
  return location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text;
}

await main().catch((error) => {
  console.error(`error: ${told(error)}`);
  process.exit(1);
});
