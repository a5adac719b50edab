/** What page and worker say to each other. Nothing else crosses the line between them. */

import type { Lockfile } from "pyodide";

export interface RuntimeFile {
  /** Length once decompressed, which is what a stream counts. */
  bytes: number;
  sha256: string;
  /** What a first visit downloads for it. */
  transfer: number;
}

/** A file of the site, as the page's script was built to know it. */
export interface SiteFile {
  file: string;
  bytes: number;
  sha256: string;
}

/** A file that labs may want; its path is told from the site's root. */
export interface Deliverable extends SiteFile {
  kind: "model" | "text";
}

/** Written by `publish.runtime`, built into the page's script. */
export interface RuntimeManifest {
  version: string;
  pyodide: string;
  files: Record<string, RuntimeFile>;
  lock: Lockfile;
}

export interface LoadProgress {
  stage: string;
  loadedBytes: number;
  totalBytes: number;
}

/** An error as plain data; `traceback` is Python's own text, or JavaScript's stack. */
export interface WireError {
  name: string;
  message: string;
  traceback: string;
}

export interface StartMessage {
  kind: "start";
  manifest: RuntimeManifest;
  /** Where the runtime's files are, absolute, ending in a slash. */
  base: string;
  /** 0 the first time; a retry goes around whatever the caches hold. */
  attempt: number;
  /** Shared memory through which a run is stopped, where the page may have some. */
  interrupt?: Uint8Array<SharedArrayBuffer>;
}

export interface CallMessage {
  kind: "call";
  id: number;
  /** One request in JSON, for `lab.kit.host.call`. */
  request: string;
  /** What no JSON can hold: a file's content. */
  attachment?: Uint8Array<ArrayBuffer>;
}

/** Code that may run long: its pieces come before its reply. */
export interface RunMessage {
  kind: "run";
  id: number;
  /** One request in JSON, for `lab.cells.door.run`. */
  request: string;
}

export type ToWorker = StartMessage | CallMessage | RunMessage | { kind: "stop" };

export type FromWorker =
  /** `missing` names the files still on their way. */
  | { kind: "progress"; progress: LoadProgress; missing: string[] }
  /** `interruptible`: a run can be stopped from inside, and what it made stays. */
  | { kind: "ready"; interruptible: boolean }
  | { kind: "piece"; id: number; packet: ArrayBuffer }
  /** The worker is of no further use. */
  | { kind: "failed"; error: WireError }
  | { kind: "reply"; id: number; packet: ArrayBuffer }
  | { kind: "error"; id: number; error: WireError };
