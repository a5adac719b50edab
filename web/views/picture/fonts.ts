/** The page's faces inside a picture: an image may fetch nothing, so they are written into it. */

/** `@font-face` rules of this page with their files put in; one that cannot be had is left out. */
export async function fontsInside(): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) => {
    const base = sheet.href ?? location.href;
    return [...rulesOf(sheet)]
      .filter((rule) => rule instanceof CSSFontFaceRule)
      .map((rule) => inlined(rule, base));
  });
  return (await Promise.all(rules)).join("\n");
}

/** Only faces that the page has in use: mathematics has a dozen that no figure needs. */
function isUsed(family: string): boolean {
  return [...document.fonts].some(
    (face) => face.status === "loaded" && face.family.replaceAll('"', "") === family,
  );
}

async function inlined(rule: CSSFontFaceRule, base: string): Promise<string> {
  const family = rule.style.getPropertyValue("font-family").replaceAll('"', "");
  const source = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue("src"))?.[1];
  if (!source || family.startsWith("KaTeX") || !isUsed(family)) return "";
  try {
    const answer = await fetch(new URL(source, base));
    if (!answer.ok) return "";
    const data = await dataAddress(await answer.blob());
    return rule.cssText.replace(/src:[^;}]+/, `src: url("${data}") format("woff2")`);
  } catch {
    return "";
  }
}

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

function rulesOf(sheet: CSSStyleSheet): Iterable<CSSRule> {
  try {
    return sheet.cssRules;
  } catch {
    return []; // a browser's extension may have put in a sheet that is closed to us
  }
}
