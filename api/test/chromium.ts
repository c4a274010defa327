import axe from "axe-core";
import { type Browser, chromium, type Page as Tab } from "playwright-core";
import { presentChromium } from "../../scripts/chromium.ts";
import type { World } from "./world.ts";

/** Where Chromium is; undefined where there is none, and what needs it is skipped. */
export const chromiumPath = await presentChromium();

/** A Chromium for which this world's BASE_URL is where it really listens. */
export function openChromium(world: World): Promise<Browser> {
  const { hostname } = new URL(world.ctx.config.baseUrl);
  return launchChromium(`--host-resolver-rules=MAP ${hostname} ${new URL(world.url).host}`);
}

/** A Chromium that takes addresses as they are. */
export function launchChromium(...more: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...more,
    ],
  });
}

const everything = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds on this page, one line each. The tab must run scripts, whatever the page says. */
export async function barriers(tab: Tab): Promise<string[]> {
  await tab.evaluate(axe.source);
  return await tab.evaluate(async (runOnly) => {
    const found = await (globalThis as unknown as { axe: typeof axe }).axe.run({ runOnly });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`)
    );
  }, everything);
}

/** How far the page reaches beyond the window, in pixels. */
export function overflow(tab: Tab): Promise<number> {
  return tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
