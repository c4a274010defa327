import type { Visibility } from "../base/entities.ts";
import type { IconName } from "../ui/icons.ts";

/** From the widest to the narrowest. */
export const visibilities: readonly Visibility[] = ["public", "unlisted", "private", "direct"];

export const visibilityIcons: Readonly<Record<Visibility, IconName>> = {
  public: "globe",
  unlisted: "moon",
  private: "lock",
  direct: "at",
};

/** The narrower of two: a reply is not shouted further than what it answers. */
export function narrower(one: Visibility, other: Visibility): Visibility {
  return visibilities.indexOf(one) > visibilities.indexOf(other) ? one : other;
}
