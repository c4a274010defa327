import { z } from "zod";
import { bytesOf } from "../base/activitystreams.ts";
import { complain } from "../base/complaints.ts";
import type { Ctx } from "../base/ctx.ts";
import type { Input } from "../base/input.ts";
import { bool, integer, listOf, parse, text } from "../base/schema.ts";
import { countGraphemes } from "../base/text.ts";
import {
  maxOptionCharacters,
  maxPollOptions,
  maxPollSeconds,
  minPollOptions,
  minPollSeconds,
} from "../instance/limits.ts";
import type { Poll, PollDraft } from "./poll.ts";

/** What clients and forms send about polls, in Mastodon's words. */

/** Of an option: a character may be a family of emoji, and activities have to stay small. */
const mostBytes = 1_500;

/** A poll comes with its post, as `poll`. */
export const pollFields = z.object({
  options: listOf(text(10 * maxOptionCharacters)),
  expires_in: integer.optional(),
  multiple: bool.default(false),
  hide_totals: bool.optional(),
});
export type PollFields = z.output<typeof pollFields>;

/**
 * The poll that these fields describe, from now on. Without any option there is none: so come the fields of a
 * form in which nobody asked anything. What is not told of time and secrecy stays as it was in `before`.
 */
export function readPoll(ctx: Ctx, asked: PollFields, before?: Poll): PollDraft | undefined {
  const options = asked.options.map((option) => option.trim()).filter((option) => option !== "");
  if (options.length === 0) return undefined;
  if (options.length < minPollOptions) throw complain({ poll_options: "ERR_TOO_SHORT" });
  if (options.length > maxPollOptions) throw complain({ poll_options: "ERR_INVALID" });
  if (options.some((option) => countGraphemes(option) > maxOptionCharacters || bytesOf(option) > mostBytes)) {
    throw complain({ poll_options: "ERR_TOO_LONG" });
  }
  if (new Set(options).size < options.length) throw complain({ poll_options: "ERR_TAKEN" });
  return {
    options,
    multiple: asked.multiple,
    hidesTotals: asked.hide_totals ?? before?.hidesTotals ?? false,
    endsAt: asked.expires_in === undefined && before ? before.endsAt : endOf(ctx, asked.expires_in),
  };
}

function endOf(ctx: Ctx, seconds: number | undefined): Temporal.Instant {
  if (seconds === undefined) throw complain({ poll_expires_in: "ERR_BLANK" });
  if (seconds < minPollSeconds) throw complain({ poll_expires_in: "ERR_TOO_SHORT" });
  if (seconds > maxPollSeconds) throw complain({ poll_expires_in: "ERR_TOO_LONG" });
  return ctx.now().add({ seconds });
}

/** The ballot that was sent: which options, counted from 0. */
export function readBallot(input: Input): number[] {
  return parse(z.object({ choices: listOf(integer).default([]) }), input).choices;
}
