import { paths } from "@riff/web/base/paths.ts";
import { type Call, open, type Route } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { assetNamed, stylesheet } from "../pages/assets.ts";
import { instance } from "./store.ts";

/** What browsers and robots fetch by themselves from every site. */
export const pages: Route[] = [
  open("GET", "/assets/:name", (c) => {
    const name = c.req.param("name") ?? "";
    if (/^riff\.[\w-]+\.css$/.test(name)) return answerStylesheet(c);
    const asset = assetNamed(name);
    if (!asset) throw new NotFound();
    return c.body(asset.bytes, 200, { "content-type": asset.type, "cache-control": "public, max-age=86400" });
  }),

  open("GET", "/favicon.ico", (c) => c.redirect(paths.touchIcon)),

  open("GET", paths.manifest, manifest),
  open("GET", "/manifest", manifest), // where Mastodon has it

  open("GET", "/robots.txt", (c) => c.text(robots, 200, { "cache-control": "public, max-age=86400" })),

  // RFC 9116. It has to say until when it holds: a year, counted anew with each answer.
  open("GET", "/.well-known/security.txt", async (c) => {
    const { ctx } = c.var;
    const { contactEmail } = await instance(ctx.db);
    const { baseUrl } = ctx.config;
    const lines = [
      `Contact: ${contactEmail ? `mailto:${contactEmail}` : `${baseUrl}${paths.about}`}`,
      `Expires: ${ctx.now().add({ hours: 365 * 24 }).toString({ smallestUnit: "second" })}`,
      `Canonical: ${baseUrl}/.well-known/security.txt`,
      "Preferred-Languages: en",
    ];
    return c.text(`${lines.join("\n")}\n`);
  }),

  // https://w3c.github.io/webappsec-change-password-url/: password managers lead their owners there.
  open("GET", "/.well-known/change-password", (c) => c.redirect(`${paths.settings}#password`)),
];

/** What the app on a home screen is called, and looks like. */
async function manifest(c: Call): Promise<Response> {
  const { title, description } = await instance(c.var.ctx.db);
  const icons = [180, 512].map((side) => ({
    src: `/assets/icon-${side}.png`,
    sizes: `${side}x${side}`,
    type: "image/png",
  }));
  const colour = "#14352f";
  return c.body(
    JSON.stringify({
      ...{ name: title, short_name: title, description, icons },
      ...{ id: "/", start_url: paths.home, scope: "/", display: "standalone" },
      ...{ theme_color: colour, background_color: colour },
    }),
    200,
    { "content-type": "application/manifest+json", "cache-control": "public, max-age=3600" },
  );
}

/** What is for machines or for members alone is no use to a search engine. */
const robots = `User-agent: *
Disallow: /api/
Disallow: /auth/
Disallow: /oauth/
Disallow: /search
`;

/** While one version replaces another, either may be asked for the other's styles: its own will do for a moment. */
function answerStylesheet(c: Call): Response {
  const isOurs = new URL(c.req.url).pathname === stylesheet.path;
  return c.body(stylesheet.text, 200, {
    "content-type": "text/css; charset=utf-8",
    "cache-control": isOurs ? "public, max-age=31536000, immutable" : "no-cache",
  });
}
