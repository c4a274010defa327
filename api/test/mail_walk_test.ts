import assert from "node:assert/strict";
import type { Browser, Page as Tab } from "playwright-core";
import { writeDigests } from "../src/notifications/digest.ts";
import { barriers, chromiumPath, openChromium, overflow } from "./chromium.ts";
import { linkIn, type MailServer, openMailServer } from "./mail_server.ts";
import { newWorld, type World } from "./world.ts";

/**
 * What happens between a browser and a mailbox: alice signs up, confirms, forgets her password and takes another one.
 * Pictures of the pages and the mails lie in `screenshots/` afterwards.
 */

const pictures = new URL("../../screenshots/", import.meta.url).pathname;

Deno.test({
  name: "somebody signs up, confirms, forgets their password and takes another, by the links in their mails",
  ignore: !chromiumPath,
  // Chromium's pipes outlive a single test.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await using mail = await openMailServer();
    await using world = await newWorld({ settings: mail.settings });
    const chromium = await openChromium(world);
    try {
      const tab = await tabOf(chromium, world);
      await signUp(tab);
      await world.settle();
      await confirm(tab, mail);
      await forget(tab);
      await world.settle();
      await reset(tab, mail);
      await world.settle();
      await sendDigest(world);
      await lookAtMails(chromium, mail);
    } finally {
      await chromium.close();
    }
  },
});

const address = "alice@mail.test";

/** A tab without scripts, as wide as a phone. */
async function tabOf(chromium: Browser, world: World): Promise<Tab> {
  const context = await chromium.newContext({
    viewport: { width: 390, height: 844 },
    baseURL: world.ctx.config.baseUrl,
    javaScriptEnabled: false,
  });
  return await context.newPage();
}

async function signUp(tab: Tab): Promise<void> {
  await tab.goto("/auth/sign_up");
  await tab.getByLabel("Name", { exact: true }).fill("alice");
  await tab.getByLabel("E-mail").fill(address);
  await tab.getByLabel("Password").fill("a quiet kettle");
  await tab.getByLabel("I accept").check();
  await tab.getByRole("button", { name: "Create account" }).click();
  await tab.waitForURL((url) => url.pathname === "/auth/waiting");
  await picture(tab, "waiting");
}

async function confirm(tab: Tab, mail: MailServer): Promise<void> {
  const link = linkIn(mail.latestTo(address), "/auth/confirm/");
  await tab.goto(link);
  await picture(tab, "confirm");
  await tab.getByRole("main").getByRole("button").click();
  await tab.waitForURL((url) => url.pathname === "/home");
  const again = await tab.goto(link);
  assert.equal(again?.status(), 410);
  await picture(tab, "confirm_gone");
}

async function forget(tab: Tab): Promise<void> {
  await tab.context().clearCookies();
  await tab.goto("/auth/sign_in");
  await tab.getByRole("link", { name: /forgot/i }).click();
  await tab.waitForURL((url) => url.pathname === "/auth/forgot");
  await picture(tab, "forgot");
  await tab.getByLabel("E-mail").fill(address);
  await tab.getByRole("main").getByRole("button").click();
  await tab.getByText(/on its way|if /i).first().waitFor();
  await picture(tab, "forgot_sent");
}

async function reset(tab: Tab, mail: MailServer): Promise<void> {
  await tab.goto(linkIn(mail.latestTo(address), "/auth/reset/"));
  await picture(tab, "reset");
  await tab.getByLabel("New password").fill("a louder kettle");
  await tab.getByRole("main").getByRole("button").click();
  await tab.waitForURL((url) => !url.pathname.startsWith("/auth/reset/"));
  await picture(tab, "reset_done");
  await tab.goto("/auth/sign_in");
  await tab.getByLabel("Name or e-mail").fill("alice");
  await tab.getByLabel("Password").fill("a louder kettle");
  await tab.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await tab.waitForURL((url) => url.pathname === "/home");
}

/** Alice has missed something in a week. */
async function sendDigest(world: World): Promise<void> {
  const alice = (await world.visit("/api/v1/accounts/lookup?acct=alice")).json;
  const bob = await world.person("bob");
  await bob.says("@alice are you there?");
  await bob.says("The kettle sings, and everybody in the whole house hears it.");
  await world.pool.query("insert into follows (follower_id, account_id) values ($1, $2)", [alice.id, bob.id]);
  await world.settle();
  await world.pool.query(
    "update members set wants_digest = true, digest_at = now() - interval '7 days 1 hour'",
  );
  await writeDigests(world.ctx);
  await world.settle();
}

/** Each mail as its reader sees it: on a phone in the dark, and at a desk. */
async function lookAtMails(chromium: Browser, { mails }: MailServer): Promise<void> {
  for (const [width, colorScheme] of [[390, "dark"], [1280, "light"]] as const) {
    const context = await chromium.newContext({
      viewport: { width, height: 800 },
      colorScheme,
      bypassCSP: true,
    });
    const tab = await context.newPage();
    for (const { subject, html } of mails) {
      await tab.setContent(html!);
      // A mail is a part of the page that shows it: landmarks are that page's.
      const found = (await barriers(tab)).filter((one) => !/^(landmark-one-main|region):/.test(one));
      assert.deepEqual(found, [], subject);
      assert.equal(await overflow(tab), 0, `${subject} is wider than ${width} px`);
      await picture(tab, `letter_${subject!.replace(/\W+/g, "_").toLowerCase().slice(0, 40)}`);
    }
    await context.close();
  }
}

async function picture(tab: Tab, name: string): Promise<void> {
  const width = tab.viewportSize()?.width;
  await tab.screenshot({ path: `${pictures}mail_${name}_${width}.png`, fullPage: true });
}
