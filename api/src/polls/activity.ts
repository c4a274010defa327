import type { Note, Object as AnyObject, Question } from "@fedify/vocab";
import type { Account } from "../accounts/account.ts";
import type { JsonObject } from "../base/activitystreams.ts";
import { nothingFetched } from "../base/loosely.ts";
import { hasEnded, type Poll, type PollDraft } from "./poll.ts";

/** Polls as ActivityStreams: ours to theirs, and theirs to ours. */

/** More options, and longer ones, than anybody offers. */
const mostOptions = 100;
const longestOption = 500;

/** More votes than this are a lie, and more than a column holds. */
const mostVotes = 2_000_000_000;

/** What makes a `Note` a `Question`. Who hides how it stands tells nobody before the end. */
export function toQuestion(poll: Poll, now: Temporal.Instant): JsonObject {
  const isOver = hasEnded(poll, now);
  const hides = poll.hidesTotals && !isOver;
  const options = poll.options.map((name, index) => ({
    type: "Note",
    name,
    replies: { type: "Collection", totalItems: hides ? 0 : poll.votesCounts[index] ?? 0 },
  }));
  const endTime = poll.endsAt?.toString({ fractionalSecondDigits: 3 });
  return {
    type: "Question",
    [poll.multiple ? "anyOf" : "oneOf"]: options,
    endTime,
    closed: isOver ? endTime : undefined,
    votersCount: poll.votersCount ?? undefined,
  };
}

/** The poll in a `Question`; undefined where it offers nothing to choose from. */
export async function readQuestion(
  question: Question,
  now: Temporal.Instant,
): Promise<PollDraft | undefined> {
  const anyOf = await optionsIn(question.getInclusiveOptions(nothingFetched));
  const chosen = anyOf.length > 0 ? anyOf : await optionsIn(question.getExclusiveOptions(nothingFetched));
  if (chosen.length === 0) return undefined;
  return {
    options: chosen.map((option) => option.name),
    multiple: anyOf.length > 0,
    hidesTotals: false,
    endsAt: endOf(question, now),
    tally: {
      votesCounts: chosen.map((option) => option.votes),
      votersCount: question.voters === null ? null : count(question.voters),
    },
  };
}

/** Whether a note is no post but a choice in a poll, as all servers send it. */
export async function isBallot(object: AnyObject): Promise<boolean> {
  const { Note } = await import("@fedify/vocab");
  return object instanceof Note && object.name !== null && object.content === null &&
    object.replyTargetId !== null;
}

/** One choice of a voter in a poll elsewhere. Only the poll's author is told. */
export function toBallot(voter: Account, choice: number, { postUri, poll, authorUri }: {
  postUri: string;
  poll: Poll;
  authorUri: string;
}): JsonObject {
  const id = `${voter.uri}#votes/${poll.id}/${choice}`;
  return {
    id: `${id}/activity`,
    type: "Create",
    actor: voter.uri,
    to: [authorUri],
    cc: [],
    object: {
      id,
      type: "Note",
      attributedTo: voter.uri,
      to: [authorUri],
      cc: [],
      inReplyTo: postUri,
      name: poll.options[choice],
    },
  };
}

async function optionsIn(listed: AsyncIterable<AnyObject>) {
  const options: { name: string; votes: number }[] = [];
  for await (const option of listed) {
    const name = String(option.name ?? "").slice(0, longestOption);
    if (name === "") continue;
    const replies = await (option as Note).getReplies(nothingFetched);
    if (options.push({ name, votes: count(replies?.totalItems ?? 0) }) >= mostOptions) break;
  }
  return options;
}

/** `closed` says when, or only that it is. */
function endOf({ closed, endTime }: Question, now: Temporal.Instant): Temporal.Instant | null {
  if (closed instanceof Temporal.Instant) return closed;
  if (!closed) return endTime;
  return endTime && Temporal.Instant.compare(endTime, now) < 0 ? endTime : now;
}

function count(votes: number): number {
  return Math.trunc(Math.min(Math.max(votes, 0), mostVotes));
}
