import { messages } from "@riff/api/base/messages.ts";
import axe from "axe-core";
import assert from "node:assert/strict";
import { chromium, type Page as Tab } from "playwright-core";
import { presentChromium } from "../../scripts/chromium.ts";
import type { Page } from "./base/page.tsx";
import { gallery, galleryServer } from "./gallery.tsx";

/** What the pages look like is for people to judge: see `scripts/pictures.ts`. The rest is held here. */

const browserPath = await presentChromium();
if (!browserPath) {
  console.error("No Chromium here, so no page is looked at. Install it, or set CHROMIUM_PATH");
}

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 900 };
const pages = gallery("/assets/riff.css");

/** A test in a browser: `open` leads a tab to a page of the gallery. `given` changes what is around the pages. */
function inBrowser(
  name: string,
  look: (tab: Tab, open: (path: string) => Promise<void>) => Promise<void>,
  given?: Partial<Page>,
) {
  Deno.test({ name, ignore: !browserPath, sanitizeOps: false, sanitizeResources: false }, async () => {
    const server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen() {} },
      await galleryServer(given),
    );
    const browser = await chromium.launch({
      executablePath: browserPath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
    try {
      const tab = await browser.newPage({ viewport: phone });
      await look(tab, async (path) => {
        const answer = await tab.goto(`http://127.0.0.1:${server.addr.port}${path}`);
        assert.equal(answer?.status(), 200, path);
      });
    } finally {
      await browser.close();
      await server.shutdown();
    }
  });
}

const everything = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds, one line each. */
async function complaints(tab: Tab, rules: axe.RunOptions["runOnly"]): Promise<string[]> {
  return await tab.evaluate(async (runOnly) => {
    const found = await (globalThis as unknown as { axe: typeof axe }).axe.run({ runOnly });
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`)
    );
  }, rules);
}

/** How far the page reaches beyond the window, in pixels. */
const overflow = (tab: Tab) =>
  tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

Deno.test("no page holds a style, a script or a handler of its own: the policy forbids them", () => {
  for (const { path, html } of pages) {
    assert.doesNotMatch(html, /<[^>]*\s(style|on\w+)=|<style|<script|javascript:/i, path);
  }
});

Deno.test("every form that posts carries its token and the way back", () => {
  const forms = pages.flatMap(({ html }) => [...html.matchAll(/<form [^>]*method="post".*?<\/form>/gs)]);
  assert.ok(forms.length > pages.length);
  for (const [form] of forms) {
    assert.match(form, /<input type="hidden" name="csrf" value="token"\/>/);
    assert.match(form, /<input type="hidden" name="back" value="\/[^"]*"\/>/);
  }
});

Deno.test("no id stands twice on a page", () => {
  for (const { path, html } of pages) {
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    assert.deepEqual(ids.filter((id, index) => ids.indexOf(id) !== index), [], path);
  }
});

for (const [size, viewport] of Object.entries({ phone, desk })) {
  inBrowser(`every page meets WCAG 2.2 AA in light and dark on a ${size}`, async (tab, open) => {
    await tab.setViewportSize(viewport);
    const errors: string[] = [];
    tab.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    for (const { path } of pages) {
      await open(path);
      await tab.evaluate(axe.source);
      await tab.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      assert.deepEqual(await complaints(tab, everything), [], `${path} in light`);
      // Only the colours have changed.
      await tab.emulateMedia({ colorScheme: "dark" });
      assert.deepEqual(await complaints(tab, ["color-contrast"]), [], `${path} in dark`);
      assert.equal(await overflow(tab), 0, `${path} is wider than the window`);
    }
    assert.deepEqual(errors, []);
  });
}

inBrowser("every page fits a window of 320 pixels, even with the longest names", async (tab, open) => {
  await tab.setViewportSize({ width: 320, height: 640 });
  for (const { path } of pages) {
    await open(path);
    assert.equal(await overflow(tab), 0, path);
  }
});

inBrowser("every page fits when it is read from right to left", async (tab, open) => {
  for (const viewport of [phone, desk]) {
    await tab.setViewportSize(viewport);
    for (const path of ["/home", "/@alice", "/@alice/101", "/settings", "/"]) {
      await open(path);
      assert.equal(await overflow(tab), 0, path);
    }
  }
}, { t: { ...messages("en"), direction: "rtl" } });

inBrowser("whatever is pressed is as large as a finger", async (tab, open) => {
  for (const { path } of pages) {
    await open(path);
    const small = await tab.evaluate(() =>
      [...document.querySelectorAll(
        "button, summary, select, textarea, input:not([type=hidden], [type=checkbox], [type=radio]), .button, " +
          ".nav-link, .ballot-choice",
      )]
        .filter((element) => element.checkVisibility())
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 44 || box.height < 44)
        .map(({ element, box }) => `${element.outerHTML.slice(0, 120)} ${box.width}x${box.height}`)
    );
    assert.deepEqual(small, [], path);
  }
});

for (const [size, viewport] of Object.entries({ phone, desk })) {
  inBrowser(`Tab reaches everything in order on a ${size}, and shows where it is`, async (tab, open) => {
    await tab.setViewportSize(viewport);
    for (const path of ["/home", "/@bob", "/auth/sign_up", "/notifications", "/settings"]) {
      await open(path);
      const expected = await tab.evaluate(markReachable);
      for (let n = 0; n < expected; n++) {
        await tab.keyboard.press("Tab");
        const here = await tab.evaluate(whereFocusIs);
        assert.equal(here.number, String(n), `${path}: ${here.html}`);
        assert.ok(here.outline >= 2, `${path}: no visible focus on ${here.html}`);
        assert.ok(here.inSight, `${path}: hidden behind something: ${here.html}`);
      }
    }
  });
}

/**
 * Numbers all that Tab should reach, in the order of the document, and says how many they are. Of choices that
 * exclude each other it reaches one; arrows lead on.
 */
function markReachable(): number {
  const reachable = [
    ...document.querySelectorAll(
      "a[href], button, summary, input:not([type=hidden], label + label > [type=radio]), select, textarea",
    ),
  ]
    .filter((element) => element.checkVisibility() && (element as HTMLElement).tabIndex >= 0);
  reachable.forEach((element, index) => element.setAttribute("data-number", String(index)));
  return reachable.length;
}

function whereFocusIs() {
  const element = document.activeElement ?? document.body;
  const box = element.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
  return {
    number: element.getAttribute("data-number"),
    html: element.outerHTML.slice(0, 160),
    outline: parseFloat(getComputedStyle(element).outlineWidth),
    inSight: top !== null && (element.contains(top) || top.contains(element)),
  };
}

inBrowser(
  "an opened menu stays within the window, and its items are as large as a finger",
  async (tab, open) => {
    for (const path of ["/home", "/@bob"]) {
      await open(path);
      for (const menu of await tab.locator("details.menu, details.nav-more").all()) {
        await menu.locator("summary").click();
        const box = await menu.locator("ul").boundingBox();
        assert.ok(box && box.x >= 0 && box.x + box.width <= phone.width, `${path} ${JSON.stringify(box)}`);
        for (const item of await menu.locator("a, button").all()) {
          assert.ok((await item.boundingBox())!.height >= 44);
        }
        await menu.locator("summary").click();
      }
    }
  },
);

inBrowser("what a phone keeps behind More stands open on a desk", async (tab, open) => {
  await open("/home");
  const signOut = tab.getByRole("button", { name: "Sign out" });
  assert.equal(await signOut.isVisible(), false);
  await tab.setViewportSize(desk);
  assert.equal(await signOut.isVisible(), true);
});

inBrowser("a content warning opens and closes without a script", async (tab, open) => {
  await open("/home");
  const hidden = tab.getByText("Found three of them");
  assert.equal(await hidden.isVisible(), false);
  await tab.getByText("Spiders, small ones").click();
  assert.equal(await hidden.isVisible(), true);
});
