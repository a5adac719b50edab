/** Start Pyodide from checked files only, and settle even where Pyodide itself would wait for ever. */

import { loadPyodide, type PyodideAPI, type PyodideConfig } from "pyodide";
import { DeliveryError } from "./integrity";
import type { StartMessage } from "./protocol";
import { type Report, RuntimeFiles, SCRIPT, WASM } from "./runtime-files";

type CreateModule = NonNullable<PyodideConfig["createPyodideModule"]>;
type Settings = Parameters<CreateModule>[0];
type Instantiate = NonNullable<Settings["instantiateWasm"]>;

export async function startPython(start: StartMessage, report: Report): Promise<PyodideAPI> {
  const files = new RuntimeFiles(start, report);
  const failed = new Promise<never>((_, reject) => {
    files.verified.catch(reject);
    reportCompileErrors(files, reject);
  });
  const restoreFetch = interceptFetch(files);
  self.addEventListener("unhandledrejection", ignoreDelivery);
  const { lock } = start.manifest;
  const python = await Promise.race([
    failed,
    loadPyodide({
      indexURL: start.base,
      stdLibURL: `${start.base}python_stdlib.zip`,
      lockFileContents: lock,
      packageBaseUrl: start.base,
      packages: Object.keys(lock.packages),
      createPyodideModule: (settings) => createModule(files, settings),
    }),
  ]);
  restoreFetch();
  return python;
}

/** Pyodide awaits some files late; when another one fails first, theirs has been told already. */
function ignoreDelivery(event: PromiseRejectionEvent): void {
  if (event.reason instanceof DeliveryError) event.preventDefault();
}

/** Python's heart may compile while it arrives, but does not beat before it is checked. */
async function createModule(files: RuntimeFiles, settings: Settings): ReturnType<CreateModule> {
  const instantiate = settings.instantiateWasm as Instantiate;
  const held: Instantiate = (imports, done) =>
    instantiate(imports, (instance, module) => {
      // A wrong file is reported by `files.verified`; here it only must not run.
      files.arrival(WASM).verified.then(
        () => done(instance, module),
        () => {},
      );
    });
  await files.arrival(SCRIPT).verified;
  const script = (await import(files.url(SCRIPT))) as { default: CreateModule };
  return script.default(Object.assign(settings, { instantiateWasm: held }));
}

/** Pyodide only warns when compiling fails, and then never settles. */
function reportCompileErrors(files: RuntimeFiles, reject: (error: unknown) => void): void {
  const native = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = (source, imports) => {
    WebAssembly.instantiateStreaming = native;
    const result = native(source, imports);
    // A damaged file is better explained by its checksum, so that is awaited first.
    result.catch((error) => files.verified.then(() => reject(error), reject));
    return result;
  };
}

function interceptFetch(files: RuntimeFiles): () => void {
  const native = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    return files.answer(address) ?? native(input, init);
  };
  return () => {
    globalThis.fetch = native;
  };
}
