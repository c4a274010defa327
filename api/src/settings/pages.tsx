import { actions, paths } from "@riff/web/base/paths.ts";
import { SettingsPage, type SettingsPageProps } from "@riff/web/settings/SettingsPage.tsx";
import { z } from "zod";
import { timestamp } from "../accounts/entity.ts";
import { revokeApp } from "../apps/revoke.ts";
import { appsOf } from "../apps/store.ts";
import { browser, type Call, type Known, type Route } from "../auth/access.ts";
import { changePassword } from "../auth/change_password.ts";
import { rememberDevice } from "../auth/devices.ts";
import { passwordLength } from "../auth/passwords.ts";
import { deleteSession, sessionsOf } from "../auth/session_store.ts";
import type { Session } from "../auth/sessions.ts";
import { complaintsOf } from "../base/complaints.ts";
import { Invalid, NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { parse, text } from "../base/schema.ts";
import { maxBio } from "../instance/limits.ts";
import { showRules } from "../notifications/policy_entity.ts";
import { policyOf } from "../notifications/policy_store.ts";
import { render, wordsFor } from "../pages/render.tsx";
import { browserNames } from "../auth/browser_names.ts";

type Mine = Call<Known & { session: Session }>;

const typed = text(10_000).default("");
const passwordForm = z.object({ current_password: typed, new_password: typed });

/** What a form has brought about; the page that follows says so. */
type Done =
  | "saved"
  | "passwordChanged"
  | "sessionEnded"
  | "revoked"
  | "emailAsked"
  | "emailKept"
  | "digestSaved";

/** What a member can set, in one place. */
export const pages: Route[] = [
  browser("GET", paths.settings, (c) => settingsPage(c)),

  browser("POST", actions.changePassword, async (c) => {
    const { ctx, me, member, session, address, input } = c.var;
    const form = parse(passwordForm, input);
    try {
      await changePassword(ctx, me, member, {
        current: form.current_password,
        next: form.new_password,
        sessionId: session.id,
        address,
      });
      await rememberDevice(c, me.id);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const { password: new_password, current_password } = complaintsOf(error);
      return await settingsPage(c, { passwordErrors: { current_password, new_password } });
    }
    return backToSettings(c, "passwordChanged", "password");
  }),

  browser("POST", actions.endSession(":id"), async (c) => {
    const ended = await deleteSession(c.var.ctx.db, c.var.me.id, idIn(c));
    if (!ended) throw new NotFound();
    return backToSettings(c, "sessionEnded", "sessions");
  }),

  browser("POST", actions.revokeApplication(":id"), async (c) => {
    await revokeApp(c.var.ctx, c.var.me.id, idIn(c));
    return backToSettings(c, "revoked", "applications");
  }),
];

/** After a form was saved: the settings once more, with a word about it. */
export function backToSettings(c: Call, done: Done, section: string): Response {
  return c.redirect(`${paths.settings}?done=${done}#${section}`, 303);
}

/** All settings; with complaints where a form did not fit. */
export async function settingsPage(
  c: Mine,
  errors: Partial<Pick<SettingsPageProps, "profile" | "profileErrors" | "passwordErrors" | "mail">> = {},
): Promise<Response> {
  const { ctx, me, member } = c.var;
  const words = wordsFor(c);
  const done = noticeOf(c);
  const content = (
    <SettingsPage
      maxNoteLength={maxBio}
      minPasswordLength={passwordLength.least}
      sessions={await sessionRows(c)}
      applications={await applicationRows(c)}
      mail={{ mail: member }}
      policy={showRules(await policyOf(ctx.db, me.id))}
      {...errors}
    />
  );
  return await render(c, content, {
    title: words.settings.title,
    noindex: true,
    status: Object.keys(errors).length > 0 ? 422 : 200,
    notice: done && { kind: "success", text: words.settings[done] },
  });
}

const told: readonly Done[] = [
  ...["saved", "passwordChanged", "sessionEnded", "revoked"] as const,
  ...["emailAsked", "emailKept", "digestSaved"] as const,
];

function noticeOf(c: Call): Done | undefined {
  return c.req.method === "GET" ? told.find((done) => done === c.var.input.done) : undefined;
}

async function sessionRows(c: Mine) {
  const { ctx, me, session } = c.var;
  const sessions = await sessionsOf(ctx.db, me.id, ctx.now());
  return sessions.map(({ id, userAgent, lastUsedAt }) => ({
    id,
    browser: browserIn(c, userAgent),
    lastSeenAt: timestamp(lastUsedAt),
    current: id === session.id,
  }));
}

function browserIn(c: Call, userAgent: string): string | undefined {
  const { browser, system } = browserNames(userAgent);
  return browser && system ? wordsFor(c).settings.browserOn(browser, system) : browser ?? system;
}

async function applicationRows(c: Mine) {
  const { ctx, me } = c.var;
  const apps = await appsOf(ctx.db, me.id);
  return apps.map((app) => ({ ...app, authorisedAt: timestamp(app.authorisedAt) }));
}

function idIn(c: Call): string {
  const id = c.req.param("id") ?? "";
  if (!isId(id)) throw new NotFound();
  return id;
}
