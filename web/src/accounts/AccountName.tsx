import type { Account, CustomEmoji } from "../base/entities.ts";
import { nameOf } from "./names.ts";

/** What somebody is called, with their own small pictures in it. */
export function AccountName({ account }: { account: Account }) {
  return <bdi class="account-name">{withEmojis(nameOf(account), account.emojis)}</bdi>;
}

/** Puts the pictures where `:shortcode:` stands. */
function withEmojis(text: string, emojis: readonly CustomEmoji[]) {
  if (emojis.length === 0) return text;
  return text.split(/:(\w+):/).map((part, index) => {
    if (index % 2 === 0) return part;
    const emoji = emojis.find((emoji) => emoji.shortcode === part);
    if (!emoji) return `:${part}:`;
    return <img key={index} class="emoji" src={emoji.static_url} alt={`:${part}:`} width={18} height={18} />;
  });
}
