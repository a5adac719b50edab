/** An SVG that stands in the page, copied with what its style sheets say written into it. */
import { paintOf, setPaint } from "./colours";

/** Presentation attributes a figure's style sheet may set, and what they are if unsaid. */
const PLAIN: Record<string, string> = {
  opacity: "1",
  "stroke-width": "1px",
  "stroke-dasharray": "none",
  "stroke-linecap": "butt",
  "stroke-linejoin": "miter",
  "text-anchor": "start",
  "dominant-baseline": "auto",
  "paint-order": "normal",
  "vector-effect": "none",
};
const TYPE = ["font-family", "font-size", "font-weight", "font-style", "font-variant-numeric"];
/** Lengths that CSS may set too; where it does not, they are these. */
const UNSAID = new Set(["auto", "0px", "none", ""]);
const LENGTHS = ["cx", "cy", "r", "x", "y", "width", "height", "rx", "ry"];
/** Attributes that mean nothing outside the page. */
const OF_THE_PAGE = /^(class|style|id|role|tabindex|focusable|data-.*|aria-.*)$/;

/** `svg` as an element of its own at `x`, `y` of the picture, as large as it is on the page. */
export function copyOf(svg: SVGSVGElement, x: number, y: number): SVGElement {
  const { width, height } = svg.getBoundingClientRect();
  const copy = styled(svg) as SVGElement;
  const place = { x, y, width, height, overflow: getComputedStyle(svg).overflow };
  for (const [name, value] of Object.entries(place)) copy.setAttribute(name, String(value));
  return copy;
}

function styled(element: SVGElement): SVGElement | null {
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden") return null;
  const copy = element.cloneNode(false) as SVGElement;
  for (const { name } of [...copy.attributes])
    if (OF_THE_PAGE.test(name)) copy.removeAttribute(name);
  if (element.localName !== "svg" && element.localName !== "g") setShape(copy, style);
  setStyle(copy, element, style);
  for (const child of element.childNodes) {
    if (child instanceof SVGElement) {
      const drawn = styled(child);
      if (drawn) copy.append(drawn);
    } else if (child.nodeType === Node.TEXT_NODE) {
      if (child.nodeValue?.trim() || isText(element)) copy.append(child.cloneNode());
    }
  }
  return copy;
}

/** In words a space counts. */
function isText({ localName }: Element): boolean {
  return localName === "text" || localName === "tspan";
}

/** Fill and stroke are inherited, so they are said where something is drawn. */
function setShape(copy: SVGElement, style: CSSStyleDeclaration): void {
  for (const name of ["fill", "stroke"] as const) {
    const paint = paintOf(style.getPropertyValue(name));
    if (paint) setPaint(copy, name, paint);
    else copy.setAttribute(name, "none");
  }
  for (const name of LENGTHS) {
    const value = style.getPropertyValue(name);
    if (!copy.hasAttribute(name) && !UNSAID.has(value) && !isText(copy))
      copy.setAttribute(name, value);
  }
  if (isText(copy)) setType(copy, style);
}

function setStyle(copy: SVGElement, element: SVGElement, style: CSSStyleDeclaration): void {
  for (const [name, unsaid] of Object.entries(PLAIN)) {
    const value = style.getPropertyValue(name);
    if (value && value !== unsaid) copy.setAttribute(name, value);
  }
  const moved = !element.hasAttribute("transform") && style.transform !== "none";
  if (moved) copy.setAttribute("transform", style.transform);
}

/** The face by its name, with the names of others where it is not installed. */
export function setType(copy: Element, style: CSSStyleDeclaration): void {
  for (const name of TYPE) {
    const value = style.getPropertyValue(name);
    if (value && value !== "normal") copy.setAttribute(name, value);
  }
}
