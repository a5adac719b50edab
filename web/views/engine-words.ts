/** What the engine is doing, in words. */
import type { Engine } from "../bridge/engine";
import type { LabModel } from "./model";

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

export function engineWords(engine: Engine): LabModel["engine"] {
  const { stage, loadedBytes, totalBytes } = engine.progress;
  if (engine.state === "loading") {
    const words = `${stage} ${megabytes(loadedBytes)} of ${megabytes(totalBytes)} MB`;
    return { words, loaded: loadedBytes, total: totalBytes, detail: "" };
  }
  if (engine.state === "failed") {
    const words = engine.failure?.message ?? "Python did not start.";
    return { words, loaded: 0, total: 0, detail: engine.failure?.detail ?? "" };
  }
  const words = engine.state === "ready" ? "Python runs on your machine." : "";
  return { words, loaded: 0, total: 0, detail: "" };
}

/** With Save-Data the button itself states what it costs. */
export function loadOffer(engine: Engine): string {
  return `Load Python (${megabytes(engine.transferBytes)} MB)`;
}
