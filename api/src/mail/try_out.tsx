import type { Ctx } from "../base/ctx.ts";
import { messages } from "../base/messages.ts";
import { instance } from "../instance/store.ts";
import { Paragraph } from "./letter.tsx";
import { toMessage } from "./message.tsx";
import { countOn, dayOf } from "./store.ts";
import type { Way } from "./way.ts";

/**
 * Sends a mail at once that says nothing but that it arrived, past the queue and the day's limit, which counts it.
 * Answers what whoever took it said; throws `NotTaken` where nobody did.
 */
export async function tryOut(ctx: Ctx, way: Way, recipient: string): Promise<string> {
  const { title } = await instance(ctx.db);
  const t = messages("en");
  const message = await toMessage(ctx, { id: ctx.random(8).toHex(), recipient }, {
    subject: t.mails.testSubject(title),
    locale: t.locale,
    content: <Paragraph>{t.mails.test}</Paragraph>,
    why: t.mails.testWhy(title),
  });
  const reply = await way.send(message);
  await countOn(ctx.db, dayOf(ctx.now()), 1);
  return reply;
}
