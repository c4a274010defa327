import { z } from "zod";
import { bool, id, listOf, parse, text } from "../base/schema.ts";
import { kindOf } from "./entity.ts";
import { groupable, type Kind, kinds } from "./notification.ts";
import type { Choice } from "./store.ts";

/** What requests for notifications ask for. Types that nobody here knows are passed by: newer apps have more. */

const types = listOf(text(100)).default([]);

const choice = z.object({
  types,
  exclude_types: types,
  account_id: id.optional(),
  include_filtered: bool.default(false),
});

/** Which notifications. Of one account, also what the policy keeps back: so requests show what waits. */
export function readChoice(input: unknown): Choice {
  const asked = parse(choice, input);
  const wanted = asked.types.length > 0 ? known(asked.types) : kinds;
  const unwanted = known(asked.exclude_types);
  return {
    kinds: wanted.filter((kind) => !unwanted.includes(kind)),
    fromId: asked.account_id,
    filtered: asked.include_filtered || asked.account_id !== undefined,
  };
}

/** Which kinds may come in groups: all that can, unless the app names those that it can show so. */
export function readGrouped(input: unknown): Kind[] {
  const { grouped_types } = parse(z.object({ grouped_types: types }), input);
  if (grouped_types.length === 0) return [...groupable];
  return known(grouped_types).filter((kind) => groupable.includes(kind));
}

/** The types that an app can show; undefined where it does not say. */
export function readSupported(input: unknown): string[] | undefined {
  const { supported_types } = parse(z.object({ supported_types: types }), input);
  return supported_types.length > 0 ? supported_types : undefined;
}

function known(types: readonly string[]): Kind[] {
  return types.flatMap((type) => kindOf(type) ?? []);
}
