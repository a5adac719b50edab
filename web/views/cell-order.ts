/** The cells of a page in their order: each may need what those above it define. */

export interface Cell extends HTMLElement {
  readonly name: string;
  /** Its text in this Python has run to its end, so what it defines is there. */
  ran: boolean;
  readonly running: boolean;
  /** True if it came to its end. */
  run(): Promise<boolean>;
}

export function cellsAbove(cell: Cell): Cell[] {
  const all = cells();
  return all.slice(0, all.indexOf(cell));
}

/** Run those above, up to the first that fails; returns what came of it, or null if `cell` was run meanwhile. */
export async function runAbove(cell: Cell, tell: (words: string) => void): Promise<string | null> {
  for (const each of cellsAbove(cell)) {
    tell(`Running ${each.name}`);
    const ended = await each.run();
    if (cell.running) return null;
    if (!ended) return `${capital(each.name)} did not come to its end, so the cells after it wait.`;
  }
  return "The cells above have run. Now run this one.";
}

/** Python has gone, with all that they defined. */
export function forgetRuns(): void {
  for (const cell of cells()) cell.ran = false;
}

function cells(): Cell[] {
  return [...document.querySelectorAll<Cell>("python-cell")];
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
