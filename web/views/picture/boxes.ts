/** Boxes of HTML as SVG: what is behind an element, around it, and its shadow. */
import { type Paint, paintOf, setPaint } from "./colours";
import { make } from "./make";

type Place = { x: number; y: number; width: number; height: number };
const SIDES = ["top", "right", "bottom", "left"] as const;

/** All that an element paints before its content. */
export function boxOf(place: Place, style: CSSStyleDeclaration): SVGElement[] {
  if (place.width === 0 || place.height === 0) return [];
  return [...background(place, style), ...border(place, style), ...outline(place, style)];
}

function background(place: Place, style: CSSStyleDeclaration): SVGElement[] {
  const drawn: SVGElement[] = [];
  const paint = paintOf(style.backgroundColor);
  if (paint) drawn.push(rectangle(place, radius(place, style), paint));
  const gradient = /^linear-gradient\((.*)\)$/s.exec(style.backgroundImage);
  if (gradient) drawn.push(...shaded(place, radius(place, style), gradient[1] ?? ""));
  return drawn;
}

let gradients = 0;

/** A linear gradient to the right or downwards: figures have no other. */
function shaded(place: Place, rounded: number, words: string): SVGElement[] {
  const [first = "", ...rest] = words.split(/,(?![^(]*\))/).map((word) => word.trim());
  const angled = /deg|^to /.test(first);
  const stops = angled ? rest : [first, ...rest];
  const right = /^(90deg|to right)/.test(first);
  const id = `gradient-${++gradients}`;
  const gradient = make("linearGradient", { id, x2: right ? 1 : 0, y2: right ? 0 : 1 });
  stops.forEach((stop, index) => {
    const [, colour = "", at] = /^(.*\))\s*([\d.]+%)?/.exec(stop) ?? [];
    const paint = paintOf(colour);
    const offset = at ?? `${(100 * index) / Math.max(stops.length - 1, 1)}%`;
    const made = make("stop", { offset });
    if (paint) setPaint(made, "stop", paint);
    gradient.append(made);
  });
  const filled = make("rect", { ...place, rx: rounded, fill: `url(#${id})` });
  return [gradient, filled];
}

function border(place: Place, style: CSSStyleDeclaration): SVGElement[] {
  const sides = SIDES.map((side) => {
    const drawn = !["none", "hidden"].includes(style.getPropertyValue(`border-${side}-style`));
    return {
      side,
      width: drawn ? Number.parseFloat(style.getPropertyValue(`border-${side}-width`)) : 0,
      paint: paintOf(style.getPropertyValue(`border-${side}-color`)),
      dashed: style.getPropertyValue(`border-${side}-style`) === "dashed",
    };
  });
  const [one] = sides;
  if (!one) return [];
  const alike = sides.every(
    ({ width, paint }) => width === one.width && paint?.colour === one.paint?.colour,
  );
  if (alike)
    return one.width > 0 && one.paint
      ? [ring(place, -one.width / 2, one.width, one.paint, one.dashed, radius(place, style))]
      : [];
  const { x, y, width, height } = place;
  const lines: Record<(typeof SIDES)[number], (thick: number) => Place> = {
    top: (thick) => ({ x, y, width, height: thick }),
    right: (thick) => ({ x: x + width - thick, y, width: thick, height }),
    bottom: (thick) => ({ x, y: y + height - thick, width, height: thick }),
    left: (thick) => ({ x, y, width: thick, height }),
  };
  return sides.flatMap(({ side, width: thick, paint }) =>
    thick > 0 && paint ? [rectangle(lines[side](thick), 0, paint)] : [],
  );
}

/** An outline and a shadow without blur are rings around the box, or inside it. */
function outline(place: Place, style: CSSStyleDeclaration): SVGElement[] {
  const width = style.outlineStyle === "none" ? 0 : Number.parseFloat(style.outlineWidth);
  const paint = paintOf(style.outlineColor);
  if (!width || !paint) return [];
  const away = Number.parseFloat(style.outlineOffset) + width / 2;
  return [ring(place, away, width, paint, false, radius(place, style))];
}

function ring(
  { x, y, width, height }: Place,
  away: number,
  thick: number,
  paint: Paint,
  dashed: boolean,
  rounded: number,
): SVGElement {
  const grown = { x: x - away, y: y - away, width: width + 2 * away, height: height + 2 * away };
  const rx = rounded > 0 ? Math.max(rounded + away, 0) : 0;
  const made = make("rect", { ...grown, rx, fill: "none", "stroke-width": thick });
  if (dashed) made.setAttribute("stroke-dasharray", `${3 * thick} ${2 * thick}`);
  setPaint(made, "stroke", paint);
  return made;
}

function rectangle(place: Place, rx: number, paint: Paint): SVGElement {
  const made = make("rect", { ...place, ...(rx ? { rx } : {}) });
  setPaint(made, "fill", paint);
  return made;
}

function radius({ width, height }: Place, style: CSSStyleDeclaration): number {
  const said = style.borderTopLeftRadius;
  const size = Number.parseFloat(said) || 0;
  return Math.min(said.endsWith("%") ? (size / 100) * width : size, width / 2, height / 2);
}
