import { renderToString } from "preact-render-to-string";
import type { Ctx } from "../base/ctx.ts";
import { messages } from "../base/messages.ts";
import { instance } from "../instance/store.ts";
import { type Letter, Sheet } from "./letter.tsx";
import type { Mail } from "./mail.ts";
import { plainOf } from "./plain.ts";

/** A mail as it goes out. */
export interface Message {
  from: Address;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The same at each attempt, so that whoever got it twice can tell. */
  messageId: string;
  date: Temporal.Instant;
  headers: Record<string, string>;
  /** What it asks for is done here. */
  link?: string;
}

export interface Address {
  name: string;
  address: string;
}

/** Puts a letter into its envelope. */
export async function toMessage(
  ctx: Ctx,
  { id, recipient }: Pick<Mail, "id" | "recipient">,
  letter: Letter,
): Promise<Message> {
  const { mail, baseUrl } = ctx.config;
  const { title } = await instance(ctx.db);
  const { direction } = messages(letter.locale);
  const said = { ...letter, subject: oneLine(letter.subject, 200) };
  const signature = [title, baseUrl, plainOf(letter.why)].join("\n");
  return {
    from: { name: mail.from.name || oneLine(title, 80), address: mail.from.address },
    to: letter.to ?? recipient,
    subject: said.subject,
    text: `${plainOf(letter.content)}\n\n-- \n${signature}\n`,
    html: `<!doctype html>${renderToString(<Sheet letter={said} server={title} direction={direction} />)}`,
    messageId: `<${id}.riff@${new URL(baseUrl).hostname}>`,
    date: ctx.now(),
    headers: { ...alike, "content-language": letter.locale, ...unsubscribing(letter.unsubscribe) },
    link: letter.link,
  };
}

/** RFC 3834, and the same for Exchange: nobody's absence notice should answer us. */
const alike = { "auto-submitted": "auto-generated", "x-auto-response-suppress": "All" };

/** RFC 2369 and RFC 8058: the mail program shows a button, and one request is all that it takes. */
function unsubscribing(url: string | undefined): Record<string, string> {
  return url === undefined
    ? {}
    : { "list-unsubscribe": `<${url}>`, "list-unsubscribe-post": "List-Unsubscribe=One-Click" };
}

/** What people are called must not begin a new line of a header, nor turn the rest of it round. */
export function oneLine(text: string, most: number): string {
  return [...text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim()].slice(0, most).join("");
}
