/** What the build writes into the page's script (web/build.mjs). */

declare const __RUNTIME__: import("./protocol").RuntimeManifest;
declare const __WORKER__: import("./protocol").SiteFile;
/** Written by `publish.deliveries`: the files of the site that labs may want, by name. */
declare const __FILES__: Record<string, import("./protocol").Deliverable>;
