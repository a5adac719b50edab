/** Where a lab is found: on its page, alone (to be embedded), and the page for teachers.
 *
 * A page knows only its own address, so all of these are relative to it. In an embed the body says
 * where the book's page is (`publish.embed` writes it).
 */

/** The book's page with this lab. */
function bookPage(): URL {
  const page = new URL(document.body.dataset["book"] ?? "", location.href);
  page.hash = "";
  page.search = "";
  return page;
}

/** The lab on its page, in a state. */
export function pageAddress(fragment: string): string {
  return new URL(fragment, bookPage()).href;
}

/** The lab alone, in a state. */
export function aloneAddress(id: string, fragment: string): string {
  return new URL(`embed/${id}/${fragment}`, bookPage()).href;
}

/** HTML that shows the lab in another page, as high as it is now. */
export function embedCode(id: string, fragment: string, title: string, height: number): string {
  const attributes = {
    src: aloneAddress(id, fragment),
    title: `${title} – Unrolled`,
    width: "100%",
    height: String(height),
    loading: "lazy",
    allow: "fullscreen; clipboard-write",
    style: "border: 0",
  };
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${escaped(value)}"`);
  return `<iframe ${written.join(" ")}></iframe>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

/** Embedded in a page of somebody else's, or opened alone. */
export function isAlone(): boolean {
  return document.body.dataset["book"] !== undefined;
}

/** The page for teachers; this script lies in the folder beside it. */
export function teachingAddress(): string {
  return new URL("../teaching/", import.meta.url).href;
}
