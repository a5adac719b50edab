/** What the engine is doing, in words. */
import type { Engine } from "../bridge/engine";
import { savesData } from "../bridge/support";
import type { EngineLine, LabModel } from "./model";

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

export function engineWords(engine: Engine): EngineLine {
  const { stage, loadedBytes, totalBytes } = engine.progress;
  if (engine.state === "loading") {
    // In bytes of the line, which the reader pays for; what arrives is counted when it is unpacked.
    const total = engine.transferBytes;
    const loaded = (total * loadedBytes) / totalBytes;
    const words =
      loaded < total ? `${stage} ${megabytes(loaded)} of ${megabytes(total)} MB` : stage;
    return { words, loaded, total, detail: "" };
  }
  if (engine.state === "failed") {
    const words = engine.failure?.message ?? "Python did not start.";
    return { words, loaded: 0, total: 0, detail: engine.failure?.detail ?? "" };
  }
  const words = engine.state === "ready" ? "Python runs on your machine." : "";
  return { words, loaded: 0, total: 0, detail: "" };
}

/** How far a file is that a lab wants. */
export function deliveryWords(title: string, loaded: number, total: number): EngineLine {
  const words = `Loading ${title} ${megabytes(loaded)} of ${megabytes(total)} MB`;
  return { words, loaded, total, detail: "" };
}

/** Where the engine is, and what the reader may press. */
export function engineState(
  engine: Engine,
  files: string[],
): Pick<LabModel, "engine" | "offer" | "offerLabel"> {
  const idle = engine.state === "idle" && savesData();
  return {
    engine: engineWords(engine),
    offer: engine.state === "failed" ? "retry" : idle ? "load" : "",
    offerLabel: loadOffer(engine, files),
  };
}

/** With Save-Data the button itself states what it costs. */
function loadOffer(engine: Engine, files: string[]): string {
  const what = files.length > 0 ? "Python and the model" : "Python";
  return `Load ${what} (${megabytes(engine.transferBytes + engine.files.bytesOf(files))} MB)`;
}
