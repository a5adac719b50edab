/** Saves a figure as an SVG, or as a PNG with twice as many pixels. */
import { pictureOf } from "./draw";
import { fontsInside } from "./fonts";

const SHARPNESS = 2;

export async function saveFigure(figure: HTMLElement, as: "svg" | "png"): Promise<void> {
  const lab = figure.closest("rnn-lab")?.id ?? "lab";
  const blob = as === "svg" ? svgOf(figure) : await pngOf(figure);
  hand(blob, `unrolled-${lab}-${figure.dataset["figure"]}.${as}`);
}

function svgOf(figure: HTMLElement): Blob {
  return new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${pictureOf(figure).svg}`], {
    type: "image/svg+xml",
  });
}

async function pngOf(figure: HTMLElement): Promise<Blob> {
  const { svg, width, height } = pictureOf(figure, await fontsInside());
  const image = new Image();
  // A data address and no blob's: the pages' policy allows images from nowhere else.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * SHARPNESS;
  canvas.height = height * SHARPNESS;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser draws no pictures");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large"))));
  });
}

function hand(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the download has begun by then
}
