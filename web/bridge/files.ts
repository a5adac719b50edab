/** Files of the site that a lab may want: fetched once per tab, checked, shared by all its labs. */

import { DeliveryError, readVerified, request } from "./integrity";
import type { SiteFile } from "./protocol";
import { Watchdog } from "./watchdog";

const BASE = new URL("../", import.meta.url);

/** Seconds without a byte after which a download is given up. */
const PATIENCE = 10;

export type Content = Uint8Array<ArrayBuffer>;
export type OnProgress = (loadedBytes: number, totalBytes: number) => void;

export class Files {
  readonly #downloads = new Map<string, Download>();
  /** How often a file has failed: the next attempt goes around whatever the caches hold. */
  readonly #failures = new Map<string, number>();

  /**
   * The content of a file, from this tab's memory where it was fetched before. A failure is
   * forgotten: to ask again is to try again. Aborting leaves the download to others who wait.
   */
  async get(name: string, onProgress: OnProgress, signal: AbortSignal): Promise<Content> {
    signal.throwIfAborted();
    const there = this.#downloads.get(name);
    const download = there && !there.ended ? there : this.#begin(name);
    return download.join(onProgress, signal);
  }

  /** What fetching some files takes. */
  bytesOf(names: string[]): number {
    return names.reduce((sum, name) => sum + (__FILES__[name]?.bytes ?? 0), 0);
  }

  /** A file in words: the model moby-dick-lstm. */
  titleOf(name: string): string {
    return `the ${__FILES__[name]?.kind ?? "file"} ${name}`;
  }

  #begin(name: string): Download {
    const failures = this.#failures.get(name) ?? 0;
    const download = new Download(name, failures);
    this.#downloads.set(name, download);
    download.content.catch((error) => {
      if (this.#downloads.get(name) === download) this.#downloads.delete(name);
      if (error instanceof DeliveryError) this.#failures.set(name, failures + 1);
    });
    return download;
  }
}

/** One file on its way or here, and who waits for it. When the last of them leaves, it ends. */
class Download {
  readonly content: Promise<Content>;
  readonly #total: number;
  readonly #abort = new AbortController();
  readonly #waiting = new Set<OnProgress>();
  #loaded = 0;
  #here = false;

  constructor(name: string, failures: number) {
    const file = __FILES__[name];
    const title = `The ${file?.kind ?? "file"} ${name}`;
    this.#total = file?.bytes ?? 0;
    this.content = file
      ? this.#fetch(file, title, failures)
      : Promise.reject(new DeliveryError(`${title} is not part of this site.`));
  }

  /** Nobody waited any longer, or it had fallen silent. */
  get ended(): boolean {
    return this.#abort.signal.aborted;
  }

  join(onProgress: OnProgress, signal: AbortSignal): Promise<Content> {
    const watch: OnProgress = (loaded, total) => onProgress(loaded, total);
    this.#waiting.add(watch);
    if (!this.#here) watch(this.#loaded, this.#total);
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => {
        this.#leave(watch);
        reject(signal.reason);
      });
      this.content.then(resolve, reject);
    });
  }

  #leave(watch: OnProgress): void {
    this.#waiting.delete(watch);
    if (this.#waiting.size === 0 && !this.#here) this.#abort.abort();
  }

  async #fetch(file: SiteFile, title: string, failures: number): Promise<Content> {
    const watchdog = new Watchdog(PATIENCE, () => this.#abort.abort(silence(title)));
    const { signal } = this.#abort;
    const onBytes = (count: number) => {
      watchdog.heard();
      this.#loaded += count;
      for (const watch of this.#waiting) watch(this.#loaded, this.#total);
    };
    try {
      const content = await load(file, { title, failures, signal, onBytes });
      this.#here = true;
      return content;
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      watchdog.stop();
    }
  }
}

interface Attempt {
  title: string;
  failures: number;
  signal: AbortSignal;
  onBytes(count: number): void;
}

async function load(file: SiteFile, attempt: Attempt): Promise<Content> {
  const { title, failures, signal, onBytes } = attempt;
  const url = new URL(file.file, BASE);
  if (failures > 0) url.searchParams.set("retry", String(failures));
  const cache: RequestCache = failures > 0 ? "reload" : "default";
  const response = await request(url.href, title, { signal, cache });
  return readVerified(response, { name: title, expected: file, onBytes });
}

function silence(title: string): DeliveryError {
  return new DeliveryError(`${title}: nothing more arrived for ${PATIENCE} seconds.`);
}
