/** What this browser can do, and what its reader asked it to spare. */

/** A sentence for a browser that cannot run Python here; null for one that can. */
export function unsupported(): string | null {
  const missing = missingPart();
  if (!missing) return null;
  return `This browser has no ${missing}, which Python needs here; the figures stay as they were drawn.`;
}

/** True when the reader asked for fewer bytes: then the engine waits for a tap. */
export function savesData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData === true || matchMedia("(prefers-reduced-data: reduce)").matches;
}

function missingPart(): string | null {
  if (typeof WebAssembly !== "object") return "WebAssembly";
  if (!("instantiateStreaming" in WebAssembly)) return "streaming WebAssembly";
  if (typeof Worker !== "function") return "web workers";
  if (!hasModuleWorkers()) return "module workers";
  return null;
}

/** The constructor reads its options before it rejects the address, so no worker is made. */
function hasModuleWorkers(): boolean {
  let asked = false;
  const options = {
    get type(): WorkerType {
      asked = true;
      return "module";
    },
  };
  try {
    new Worker("https://[", options).terminate();
  } catch {
    // An address that cannot be parsed: as intended.
  }
  return asked;
}
