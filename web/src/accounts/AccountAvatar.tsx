import type { Account } from "../base/entities.ts";
import { paths } from "../base/paths.ts";
import { Avatar, type AvatarProps } from "../ui/Avatar.tsx";
import { nameOf } from "./names.ts";

/** Somebody's picture, or their letter where the API names the placeholder. */
export function AccountAvatar({ account, size }: { account: Account; size?: AvatarProps["size"] }) {
  const src = account.avatar_static.endsWith(paths.noAvatar) ? undefined : account.avatar_static;
  // On their own page it is looked at for itself; elsewhere it only goes before their name.
  const alt = size === "large" ? account.avatar_description : "";
  return <Avatar name={nameOf(account)} seed={account.acct} src={src} size={size} alt={alt} />;
}
