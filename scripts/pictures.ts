/**
 * Takes a picture of every page in `screenshots/`, on a phone and on a desk, in light and dark:
 *   deno run -A scripts/pictures.ts [PATH...]
 */
import { chromium } from "playwright-core";
import { findChromium } from "./chromium.ts";
import { gallery, galleryServer } from "../web/src/gallery.tsx";

const folder = new URL("../screenshots/", import.meta.url).pathname;
await Deno.mkdir(folder, { recursive: true });

const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, await galleryServer());
const browser = await chromium.launch({
  executablePath: await findChromium(console.error),
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
for (const [width, height] of [[390, 844], [1280, 900]] as const) {
  const tab = await browser.newPage({ viewport: { width, height } });
  for (const { path } of gallery("")) {
    if (Deno.args.length > 0 && !Deno.args.includes(path)) continue;
    await tab.goto(`http://127.0.0.1:${server.addr.port}${path}`);
    for (const colorScheme of ["light", "dark"] as const) {
      await tab.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const name = path.slice(1).replaceAll("/", "_") || "landing";
      await tab.screenshot({ path: `${folder}${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  await tab.close();
}
await browser.close();
await server.shutdown();
