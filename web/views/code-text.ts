/** A reader's code outside the page: kept in the browser, and carried by a link.
 *
 * In a link it is compressed: `#forward?code=z<base64>`. It is shown, never run by itself.
 */

/** What a tab says that keeps a text of its own, when another tab wrote one. */
export const ELSEWHERE =
  "Another tab changed this code too. Yours stays here; a reload takes the other.";

/** More would be no cell; a link may claim anything. */
const MOST_CHARACTERS = 100_000;

/** What the reader made of a cell or an exercise, where the browser keeps anything. */
export class KeptCode {
  readonly #key: string;

  /** `kind` and `id` name what it belongs to: code, forward. */
  constructor(kind: string, id: string, page = location.pathname) {
    this.#key = `unrolled:${kind}:${page}#${id}`;
  }

  read(): string | null {
    try {
      return localStorage.getItem(this.#key);
    } catch {
      return null;
    }
  }

  /** Be told what another tab keeps from now on; null where it keeps nothing more. */
  onOtherTab(tell: (text: string | null) => void, signal: AbortSignal): void {
    const follow = ({ key }: StorageEvent) => {
      if (key === this.#key || key === null) tell(this.read());
    };
    addEventListener("storage", follow, { signal });
  }

  /** False where nothing can be kept: then it lasts as long as the page. */
  write(text: string | null): boolean {
    try {
      if (text === null) localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, text);
      return true;
    } catch {
      return false;
    }
  }
}

/** The fragment that carries a text to the cell of this id. */
export async function codeFragment(id: string, text: string): Promise<string> {
  const compressed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(compressed).arrayBuffer());
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const safe = btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `#${id}?code=z${safe}`;
}

/** The text that a fragment carries for this id; null for none, or for what is no such text. */
export async function readCode(hash: string, id: string): Promise<string | null> {
  const [name, query] = hash.replace(/^#/, "").split("?", 2);
  const code = name === id && query ? new URLSearchParams(query).get("code") : null;
  if (!code?.startsWith("z")) return null;
  try {
    const letters = atob(code.slice(1).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    return await inflated(bytes);
  } catch {
    return null;
  }
}

/** Stops where a small link would become a large text. */
async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.pipeThrough(new TextDecoderStream("utf-8", { fatal: true })).getReader();
  let text = "";
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    text += piece.value;
    if (text.length > MOST_CHARACTERS) {
      void reader.cancel();
      return null;
    }
  }
  return text;
}
