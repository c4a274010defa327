import type { Target } from "./load.ts";
import type { Seeded } from "./seed.ts";

/** Requests a second, at least; and milliseconds that 99 of 100 answers stay under. */
export interface Goal {
  perSecond: number;
  p99?: number;
}

/** What is measured, and what it is to reach. */
export interface Row {
  name: string;
  title: string;
  goal?: Goal;
  /** Whether it changes what the other rows read: it then comes after them. */
  writes?: true;
  target(server: string, seeded: Seeded): Target;
  /** Holds an answer against what the title promises. */
  promises(answer: unknown): boolean;
}

const posts = (count: number) => (answer: unknown) => Array.isArray(answer) && answer.length === count;
const entity = (answer: unknown) => typeof answer === "object" && answer !== null;

export const rows: Row[] = [
  {
    name: "home",
    title: "home timeline, 20 posts, 200 follows",
    goal: { perSecond: 600, p99: 50 },
    target: (server, seeded) => ({ url: `${server}/api/v1/timelines/home`, asks: [{ token: seeded.token }] }),
    promises: posts(20),
  },
  {
    name: "public",
    title: "public timeline, 20 posts, a stranger",
    goal: { perSecond: 600, p99: 50 },
    target: (server) => ({ url: `${server}/api/v1/timelines/public`, asks: [{}] }),
    promises: posts(20),
  },
  {
    name: "account",
    title: "account timeline, 20 posts",
    goal: { perSecond: 600, p99: 50 },
    target: (server, seeded) => ({
      url: `${server}/api/v1/accounts/${seeded.authorId}/statuses`,
      asks: [{ token: seeded.token }],
    }),
    promises: posts(20),
  },
  {
    name: "list",
    title: "list timeline, 20 posts, 50 people",
    goal: { perSecond: 600, p99: 50 },
    target: (server, seeded) => ({
      url: `${server}/api/v1/timelines/list/${seeded.listId}`,
      asks: [{ token: seeded.token }],
    }),
    promises: posts(20),
  },
  {
    name: "tag",
    title: "hashtag timeline, 20 posts",
    goal: { perSecond: 600, p99: 50 },
    target: (server, seeded) => ({
      url: `${server}/api/v1/timelines/tag/topic7`,
      asks: [{ token: seeded.token }],
    }),
    promises: posts(20),
  },
  {
    name: "status",
    title: "single status",
    target: (server, seeded) => ({
      url: `${server}/api/v1/statuses/${seeded.postId}`,
      asks: [{ token: seeded.token }],
    }),
    promises: entity,
  },
  {
    name: "instance",
    title: "instance v2",
    goal: { perSecond: 6000 },
    target: (server) => ({ url: `${server}/api/v2/instance`, asks: [{}] }),
    promises: entity,
  },
  {
    name: "actor",
    title: "actor document",
    goal: { perSecond: 1500 },
    target: (server, seeded) => ({
      url: `${server}/ap/actors/${seeded.memberId}`,
      asks: [{ accept: "application/activity+json" }],
    }),
    promises: (answer) => entity(answer) && "publicKey" in (answer as object),
  },
  {
    name: "post",
    title: "new post, durable",
    goal: { perSecond: 300 },
    writes: true,
    target: (server, seeded) => ({
      url: `${server}/api/v1/statuses`,
      asks: newPosts.map((body, n) => ({ body, token: seeded.writerTokens[n % seeded.writerTokens.length] })),
    }),
    promises: entity,
  },
];

/** As people write: some name somebody, some a topic, some neither. */
const newPosts = Array.from({ length: 12 }, (_, n) =>
  JSON.stringify({
    status: `Some words that somebody wrote on a day like this, number ${n}.${
      n % 3 ? "" : " @person3 look!"
    }${n % 4 ? "" : ` #topic${n}`}`,
    visibility: n % 6 ? "public" : "unlisted",
  }));
