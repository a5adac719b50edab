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
}

export interface CallMessage {
  kind: "call";
  id: number;
  /** One request in JSON, for `lab.kit.host.call`. */
  request: string;
  /** What no JSON can hold: a file's content. */
  attachment?: Uint8Array<ArrayBuffer>;
}

export type ToWorker = StartMessage | CallMessage;

export type FromWorker =
  /** `missing` names the files still on their way. */
  | { kind: "progress"; progress: LoadProgress; missing: string[] }
  | { kind: "ready" }
  /** The worker is of no further use. */
  | { kind: "failed"; error: WireError }
  | { kind: "reply"; id: number; packet: ArrayBuffer }
  | { kind: "error"; id: number; error: WireError };
