/** SVG elements, made one at a time; numbers keep two digits. */

export const SVG = "http://www.w3.org/2000/svg";

export function make(name: string, attributes: Record<string, string | number> = {}): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes))
    element.setAttribute(key, typeof value === "number" ? short(value) : value);
  return element;
}

function short(value: number): string {
  return String(Number(value.toFixed(2)));
}
