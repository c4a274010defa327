import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Browser, BrowserContext, Locator, Page as Tab } from "playwright-core";
import { picture as anyPicture } from "./pictures.ts";
import { barriers, chromiumPath, openChromium, overflow } from "./chromium.ts";
import { newWorld, passwordOf, type World } from "./world.ts";

/**
 * The way of two people through all pages, in a real browser: alice on a phone, bob at a desk, both without
 * scripts. Pictures of it lie in `screenshots/` afterwards.
 */

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 900 };
const pictures = new URL("../../screenshots/", import.meta.url).pathname;

Deno.test({
  name: "two people sign up, post, answer and follow, in a browser without scripts",
  ignore: !chromiumPath,
  // Chromium's pipes outlive a single test.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await using world = await newWorld();
    const chromium = await openChromium(world);
    try {
      const alice = await personAt(chromium, world, phone);
      const bob = await personAt(chromium, world, desk);
      await signUp(alice, "alice");
      await signUp(bob, "bob");
      await wearPictures(alice);
      const post = await publish(alice);
      await readAsVisitor(chromium, world, post);
      await react(bob, post);
      await world.settle();
      await hearOfIt(alice);
      await rewriteAndDelete(alice, post);
      await lookClosely(chromium, world, [
        { who: alice, viewport: phone, paths: ["/home", "/notifications", post] },
        { who: bob, viewport: desk, paths: ["/home", "/@alice", `${post}/history`] },
      ]);
    } finally {
      await chromium.close();
    }
  },
});

/** A new browser profile in which no script runs, with one tab. */
async function personAt(chromium: Browser, world: World, viewport: typeof phone): Promise<Tab> {
  const context = await chromium.newContext({
    viewport,
    baseURL: world.ctx.config.baseUrl,
    javaScriptEnabled: false,
  });
  return await context.newPage();
}

/** Presses what leads to another page, and waits until that is there. */
async function press(tab: Tab, what: Locator): Promise<void> {
  await Promise.all([tab.waitForEvent("framenavigated"), what.click()]);
  await tab.waitForLoadState();
}

async function signUp(tab: Tab, name: string): Promise<void> {
  await tab.goto("/");
  await picture(tab, "landing");
  await tab.getByRole("link", { name: "Create your account" }).first().click();
  await tab.getByLabel("Name", { exact: true }).fill(name);
  await tab.getByLabel("E-mail").fill(`${name}@mail.test`);
  await tab.getByLabel("Password").fill("12345678");
  await tab.getByLabel("I accept").check();
  await picture(tab, "sign_up");
  await tab.getByRole("button", { name: "Create account" }).click();
  await tab.getByText(/too easy to guess/).first().waitFor();
  await picture(tab, "sign_up_refused");
  await tab.getByLabel("Password").fill(passwordOf(name));
  await tab.getByLabel("I accept").check();
  await tab.getByRole("button", { name: "Create account" }).click();
  await tab.waitForURL((url) => url.pathname === "/home");
  await picture(tab, "home_empty");
}

/** Uploads an avatar, takes it away again, and wears another one. */
async function wearPictures(tab: Tab): Promise<void> {
  const wear = async (field: string, width: number) => {
    const buffer = Buffer.from(await anyPicture({ width, height: 300 }));
    await tab.getByLabel(field, { exact: true }).setInputFiles({
      name: "me.jpg",
      mimeType: "image/jpeg",
      buffer,
    });
  };
  const save = tab.getByRole("button", { name: "Save", exact: true });
  await tab.goto("/settings");
  await wear("Picture", 300);
  await wear("Header", 900);
  await press(tab, save);
  await picture(tab, "settings_pictures");
  await tab.getByLabel("Remove the picture").check();
  await press(tab, save);
  assert.equal(await tab.getByLabel("Remove the picture").count(), 0);
  await wear("Picture", 400);
  await press(tab, save);
  await tab.goto("/@alice");
  for (const shown of ["img.avatar-large", "img.profile-header"]) {
    assert.ok(await widthOf(tab, `.profile ${shown}`) > 100, shown);
  }
  await picture(tab, "profile_pictures");
}

/** Of a picture as it has come; 0 where it has not. */
async function widthOf(tab: Tab, selector: string): Promise<number> {
  const image = tab.locator(selector).first();
  await image.scrollIntoViewIfNeeded();
  return await image.evaluate(async (element) => {
    await (element as HTMLImageElement).decode();
    return (element as HTMLImageElement).naturalWidth;
  });
}

/** Publishes a post with a picture, at first too long a one, and answers the path of its page. */
async function publish(tab: Tab): Promise<string> {
  await tab.goto("/home");
  await tab.getByLabel("What would you like to say?").fill("x".repeat(5_001));
  await tab.getByText("Pictures", { exact: true }).click();
  await tab.getByLabel("Picture, film or sound 1").setInputFiles({
    name: "kettle.png",
    mimeType: "image/png",
    buffer: Buffer.from(await anyPicture({ width: 800, height: 500, format: "png" })),
  });
  await tab.getByLabel("Description 1").fill("A kettle, half red, half blue");
  await tab.getByRole("button", { name: "Post", exact: true }).click();
  await tab.getByText("This is too long").waitFor();
  assert.equal(await tab.getByLabel("Description 1").inputValue(), "A kettle, half red, half blue");
  await picture(tab, "home_refused");
  await tab.getByLabel("What would you like to say?").fill("The kettle sings. #tea");
  await tab.getByRole("button", { name: "Post", exact: true }).click();
  const posted = tab.getByRole("article").filter({ hasText: "The kettle sings." });
  await posted.waitFor();
  assert.equal(await posted.getByAltText("A kettle, half red, half blue").count(), 1);
  assert.ok(await widthOf(tab, ".media img") > 100);
  await picture(tab, "home");
  await press(tab, posted.locator("a.post-time"));
  await picture(tab, "post");
  return new URL(tab.url()).pathname;
}

async function readAsVisitor(chromium: Browser, world: World, post: string): Promise<void> {
  for (const viewport of [phone, desk]) {
    const tab = await personAt(chromium, world, viewport);
    const answer = await tab.goto(post);
    assert.equal(answer?.status(), 200);
    await tab.getByText("The kettle sings.").waitFor();
    assert.deepEqual(await tab.context().cookies(), []);
    await picture(tab, "post_visitor");
    await press(tab, tab.getByRole("link", { name: "alice" }).first());
    assert.equal(new URL(tab.url()).pathname, "/@alice");
    await picture(tab, "profile_visitor");
    await press(tab, tab.getByRole("link", { name: "Follow", exact: true }));
    assert.ok(tab.url().endsWith("/auth/sign_in?next=%2F%40alice"), tab.url());
    await tab.goto("/@alice/1");
    await picture(tab, "not_found");
    await tab.context().close();
  }
}

/** Bob finds the post, likes and passes it on, answers it, and follows its author. */
async function react(tab: Tab, post: string): Promise<void> {
  await press(tab, tab.getByRole("link", { name: "See who is around" }));
  for (const [button, undo] of [["Favourite", "favourite"], ["Boost", "reblog"], ["Bookmark", "bookmark"]]) {
    await press(tab, tab.getByRole("button", { name: button }));
    const pressed = tab.locator(`button.action-${undo}`);
    assert.equal(await pressed.getAttribute("aria-pressed"), "true", button);
    assert.match(new URL(tab.url()).hash, /^#post-\d+$/);
  }
  await picture(tab, "local");
  await press(tab, tab.getByRole("link", { name: "Reply" }));
  assert.equal(new URL(tab.url()).pathname, post);
  const answer = tab.getByLabel("Your reply to alice");
  assert.equal(await answer.inputValue(), "@alice ");
  await answer.fill("@alice What does it sing?");
  await tab.getByRole("button", { name: "Reply" }).click();
  await tab.getByRole("article").filter({ hasText: "What does it sing?" }).waitFor();
  await picture(tab, "thread");
  await press(tab, tab.getByRole("main").getByRole("link", { name: "alice" }).first());
  await tab.getByRole("button", { name: "Follow alice" }).click();
  await tab.getByRole("button", { name: "Unfollow alice" }).waitFor();
  await picture(tab, "profile");
  await tab.getByRole("link", { name: "Home" }).click();
  await tab.getByRole("article").filter({ hasText: "The kettle sings." }).first().waitFor();
  await picture(tab, "home_following");
}

async function hearOfIt(tab: Tab): Promise<void> {
  await tab.goto("/notifications");
  const heard = await tab.locator("main").innerText();
  for (const words of ["favourited your post", "boosted your post", "mentioned you", "follows you"]) {
    assert.ok(heard.includes(words), `${words}: ${heard}`);
  }
  await picture(tab, "notifications");
}

/** Alice rewrites her post; a second one she deletes, and gets its words back. */
async function rewriteAndDelete(tab: Tab, post: string): Promise<void> {
  await tab.goto(`${post}/edit`);
  await picture(tab, "edit");
  await tab.getByLabel("What would you like to say?").fill("The kettle hums. #tea");
  await press(tab, tab.getByRole("button", { name: "Save changes" }));
  assert.equal(new URL(tab.url()).pathname, post);
  assert.equal(await tab.getByAltText("A kettle, half red, half blue").count(), 1, "an edit keeps pictures");
  await tab.getByRole("link", { name: /^Edited/ }).click();
  await tab.getByText("The kettle sings.").waitFor();
  await picture(tab, "history");

  await tab.goto("/home");
  await tab.getByLabel("What would you like to say?").fill("A slip of the thumb");
  await tab.getByRole("button", { name: "Post", exact: true }).click();
  const slip = tab.getByRole("article").filter({ hasText: "A slip of the thumb" });
  await slip.locator("summary").filter({ hasText: "More" }).click();
  await picture(tab, "menu");
  await press(tab, slip.getByRole("link", { name: "Delete" }));
  await picture(tab, "delete");
  await press(tab, tab.getByRole("button", { name: "Delete post" }));
  assert.equal(await tab.getByRole("textbox", { name: "What it said" }).inputValue(), "A slip of the thumb");
  await picture(tab, "deleted");
}

interface Look {
  who: Tab;
  viewport: typeof phone;
  paths: string[];
}

/** Shows these people's pages once more, in the dark and with scripts for axe. */
async function lookClosely(chromium: Browser, world: World, looks: Look[]): Promise<void> {
  for (const { who, viewport, paths } of looks) {
    const context: BrowserContext = await chromium.newContext({
      viewport,
      baseURL: world.ctx.config.baseUrl,
      storageState: await who.context().storageState(),
      colorScheme: "dark",
      reducedMotion: "reduce",
      bypassCSP: true,
    });
    const tab = await context.newPage();
    for (const path of paths) {
      const answer = await tab.goto(path);
      assert.equal(answer?.status(), 200, path);
      assert.deepEqual(await barriers(tab), [], path);
      assert.equal(await overflow(tab), 0, `${path} is wider than ${viewport.width} px`);
      await picture(tab, `dark${path.replace(/[\W\d]+/g, "_")}`);
    }
    await context.close();
  }
}

async function picture(tab: Tab, name: string): Promise<void> {
  const width = tab.viewportSize()?.width;
  await tab.screenshot({ path: `${pictures}walk_${name}_${width}.png`, fullPage: true });
}
