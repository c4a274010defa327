import { actions } from "@riff/web/base/paths.ts";
import { z } from "zod";
import { browser, type Route } from "../auth/access.ts";
import { askForNewAddress, keepAddress } from "../auth/change_email.ts";
import { complaintsOf } from "../base/complaints.ts";
import { Invalid } from "../base/errors.ts";
import { bool, parse, text } from "../base/schema.ts";
import { chooseDigest } from "../notifications/digest.ts";
import { backToSettings, settingsPage } from "./pages.tsx";

const typed = text(10_000).default("");
const addressForm = z.object({ email: typed, email_password: typed });

/** Where a member's mails go, and which of them they want. */
export const pages: Route[] = [
  browser("POST", actions.changeEmail, async (c) => {
    const { ctx, me, member, input } = c.var;
    const form = parse(addressForm, input);
    const email = form.email.trim();
    try {
      await askForNewAddress(ctx, me, member, { email, password: form.email_password });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const { current_password: email_password, ...others } = complaintsOf(error);
      return await settingsPage(c, {
        mail: { mail: member, typed: email, errors: { ...others, email_password } },
      });
    }
    return backToSettings(c, "emailAsked", "mail");
  }),

  browser("POST", actions.keepEmail, async (c) => {
    await keepAddress(c.var.ctx, c.var.me);
    return backToSettings(c, "emailKept", "mail");
  }),

  browser("POST", actions.saveDigest, async (c) => {
    const { digest } = parse(z.object({ digest: bool.default(false) }), c.var.input);
    await chooseDigest(c.var.ctx, c.var.me.id, digest);
    return backToSettings(c, "digestSaved", "mail");
  }),
];
