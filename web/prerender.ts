/**
 * Draw first frames, cells' output and formulas for the build: one JSON request a line in, one JSON reply a line out.
 *
 * The labs are drawn by the very templates the browser uses, so the live figure replaces an identical one.
 */
import { createInterface } from "node:readline";
import { render } from "@lit-labs/ssr";
import { collectResultSync } from "@lit-labs/ssr/lib/render-result.js";
import katex from "katex";
import { decodeFrame } from "./bridge/wire";
import { type Piece, piecesTemplate, recordedPlaces } from "./views/cell-pieces";
import { labTemplate } from "./views/lab-template";
import { staticModel } from "./views/model";
import type { Frame } from "./views/types";

interface LabRequest {
  id: number;
  kind: "lab";
  element: string;
  frame: string;
}

interface CellRequest {
  id: number;
  kind: "cell";
  element: string;
  pieces: string;
}

interface MathRequest {
  id: number;
  kind: "math";
  formulas: { tex: string; display: boolean }[];
}

type Reply = { html: string | string[] } | { error: string; index?: number };

/** Lit's notes to itself, for taking over a page it has drawn. We draw afresh instead. */
const MARKERS = /<!--(\/?lit-part[^>]*|lit-node \d+|\?lit\$[^>]*|)-->/g;

function drawLab({ element, frame }: LabRequest): Reply {
  const model = staticModel(element, decodeFrame(frame) as Frame);
  return { html: collectResultSync(render(labTemplate(model))).replaceAll(MARKERS, "") };
}

function drawCell({ element, pieces }: CellRequest): Reply {
  const template = piecesTemplate(element, decodeFrame(pieces) as Piece[], recordedPlaces);
  return { html: collectResultSync(render(template)).replaceAll(MARKERS, "") };
}

function drawMath({ formulas }: MathRequest): Reply {
  const html: string[] = [];
  for (const { tex, display } of formulas) {
    try {
      html.push(
        katex.renderToString(tex, {
          displayMode: display,
          output: "htmlAndMathml",
          strict: "error",
        }),
      );
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error), index: html.length };
    }
  }
  return { html };
}

function answer(request: LabRequest | CellRequest | MathRequest): Reply {
  try {
    if (request.kind === "cell") return drawCell(request);
    return request.kind === "lab" ? drawLab(request) : drawMath(request);
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as LabRequest | CellRequest | MathRequest;
  process.stdout.write(`${JSON.stringify({ id: request.id, ...answer(request) })}\n`);
}
