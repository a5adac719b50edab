/** What the build writes into the page's script (web/build.mjs). */

declare const __RUNTIME__: import("./protocol").RuntimeManifest;
declare const __WORKER__: { file: string; bytes: number; sha256: string };
