import { paths } from "@riff/web/base/paths.ts";
import { AboutPage } from "@riff/web/instance/AboutPage.tsx";
import { PrivacyPage } from "@riff/web/instance/PrivacyPage.tsx";
import { showAccounts } from "../accounts/entity.ts";
import { type Call, type Route, visitor } from "../auth/access.ts";
import { version } from "../base/version.ts";
import { render, wordsFor } from "../pages/render.tsx";
import { aboutInstance } from "./about.ts";
import { toInstance } from "./entity.ts";
import { contactAccountId, type Instance } from "./store.ts";

/** Pages about the server itself. */
export const pages: Route[] = [
  visitor("GET", paths.about, async (c) => {
    const about = await aboutInstance(c.var.ctx);
    const content = <AboutPage members={about.membersCount} posts={about.postsCount} version={version} />;
    return render(c, content, {
      title: wordsFor(c).instance.aboutTitle,
      instance: await withContact(c, about),
    });
  }),

  visitor("GET", paths.privacy, async (c) => {
    return render(c, <PrivacyPage />, {
      title: wordsFor(c).instance.privacyTitle,
      instance: await withContact(c, await aboutInstance(c.var.ctx)),
    });
  }),
];

/** What these pages say of the server beyond what every page does: whom to write to. */
async function withContact(c: Call, about: Instance) {
  const { ctx } = c.var;
  const id = await contactAccountId(ctx.db);
  const [account] = await showAccounts(ctx, id ? [id] : []);
  return toInstance(ctx, about, account ?? null);
}
