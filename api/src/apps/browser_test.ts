import assert from "node:assert/strict";
import { chromiumPath, openChromium } from "../../test/chromium.ts";
import { authorizePath, exchange, pkce, register, verifier } from "../../test/oauth.ts";
import { newWorld, passwordOf } from "../../test/world.ts";

Deno.test({
  name:
    "in a real browser, an app's sign-in ends at the app, even where that sends people on to another host",
  ignore: !chromiumPath,
  fn: async () => {
    await using world = await newWorld();
    await world.person("alice");
    await using app = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
      const { pathname, search, port } = new URL(request.url);
      return pathname === "/callback"
        ? new Response(null, { status: 302, headers: { location: `http://localhost:${port}/done${search}` } })
        : new Response("signed in", { headers: { "content-type": "text/html" } });
    });
    const client = await register(world, { redirect_uris: `http://127.0.0.1:${app.addr.port}/callback` });

    const browser = await openChromium(world);
    try {
      const tab = await browser.newPage();
      await tab.goto(world.ctx.config.baseUrl + authorizePath(client, pkce));
      await tab.fill("input[name=identifier]", "alice");
      await tab.fill("input[name=password]", passwordOf("alice"));
      await tab.click("main button[type=submit]");
      await tab.click("button[value=allow]");
      await tab.waitForURL(/\/done/);
      assert.match(await tab.innerText("body"), /signed in/);
      const { searchParams } = new URL(tab.url());
      assert.equal(searchParams.get("state"), "s t&");
      const { status } = await exchange(world, client, searchParams.get("code")!, {
        code_verifier: verifier,
      });
      assert.equal(status, 200);
    } finally {
      await browser.close();
    }
  },
});
