import { activityType } from "../../api/src/base/activitystreams.ts";
import { cavageHeaders, type SigningKey } from "../../api/src/base/cavage.ts";
import { rsaSigner } from "../../api/src/base/rsa.ts";

/** People on other servers who write to us. */

/** A server, as the process that plays it has to know it. */
export interface Home {
  /** With its port. */
  host: string;
  /** All who live there have the same key: making one takes long, and nothing here gets faster by it. */
  publicPem: string;
}

/** Somebody there. */
export interface Neighbour {
  uri: string;
  key: SigningKey;
}

/** A request that is ready to be sent. */
export interface Signed {
  uri: string;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
}

/**
 * Any number of hosts that are all this machine. Their addresses end alike, so that one word in `ALLOW_LOOPBACK`
 * names all of them; and as they are no names, none is looked up.
 */
export function hostOf(number: number, port: number): string {
  return `127.${1 + Math.floor(number / 250)}.${number % 250}${allowed}:${port}`;
}
export const allowed = ".7";

/** So many servers with so many people on each. */
export async function settle(
  { hosts, each, port }: { hosts: number; each: number; port: number },
): Promise<{ homes: Home[]; neighbours: Neighbour[] }> {
  const homes: Home[] = [];
  const neighbours: Neighbour[] = [];
  for (let number = 0; number < hosts; number++) {
    const host = hostOf(number, port);
    const { publicPem, sign } = await newKey();
    homes.push({ host, publicPem });
    for (let person = 0; person < each; person++) {
      const uri = `http://${host}/users/neighbour${person}`;
      neighbours.push({ uri, key: { id: `${uri}#main-key`, sign } });
    }
  }
  return { homes, neighbours };
}

async function newKey() {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(
    {
      name: "RSASSA-PKCS1-v1_5",
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
      hash: "SHA-256",
    },
    true,
    ["sign", "verify"],
  );
  const spki = new Uint8Array(await crypto.subtle.exportKey("spki", publicKey));
  return {
    publicPem: `-----BEGIN PUBLIC KEY-----\n${spki.toBase64()}\n-----END PUBLIC KEY-----\n`,
    sign: await rsaSigner(new Uint8Array(await crypto.subtle.exportKey("pkcs8", privateKey))),
  };
}

/** So many new posts by these people in turns, as Mastodon sends them to the inbox of that URL. */
export async function writePosts(
  neighbours: readonly Neighbour[],
  count: number,
  inbox: string,
): Promise<Signed[]> {
  const posts: Signed[] = [];
  for (let number = 0; number < count; number++) {
    const author = neighbours[number % neighbours.length]!;
    const uri = `${author.uri}/statuses/${crypto.randomUUID()}`;
    const body = new TextEncoder().encode(JSON.stringify(create(author.uri, uri, number)));
    const request = { method: "POST", url: new URL(inbox), body, contentType: activityType } as const;
    posts.push({ uri, body, headers: await cavageHeaders(request, author.key, Temporal.Now.instant()) });
  }
  return posts;
}

function create(actor: string, uri: string, number: number) {
  const addressed = {
    published: Temporal.Now.instant().toString({ smallestUnit: "second" }),
    to: ["https://www.w3.org/ns/activitystreams#Public"],
    cc: [`${actor}/followers`],
  };
  const tag = `topic${number % 60}`;
  const text = `<p>Some words that somebody wrote on a day like this, number ${number}. ` +
    `<a href="${new URL(
      `/tags/${tag}`,
      actor,
    )}" class="mention hashtag" rel="tag">#<span>${tag}</span></a></p>`;
  return {
    "@context": mastodonContext,
    id: `${uri}/activity`,
    type: "Create",
    actor,
    ...addressed,
    object: {
      id: uri,
      type: "Note",
      summary: null,
      inReplyTo: null,
      ...addressed,
      url: uri.replace("/users/", "/@"),
      attributedTo: actor,
      sensitive: false,
      atomUri: uri,
      inReplyToAtomUri: null,
      conversation: `tag:${new URL(uri).hostname},2026:objectId=${number}:objectType=Conversation`,
      content: text,
      contentMap: { en: text },
      attachment: [],
      tag: number % 3
        ? []
        : [{ type: "Hashtag", href: `${new URL(`/tags/${tag}`, actor)}`, name: `#${tag}` }],
      replies: {
        id: `${uri}/replies`,
        type: "Collection",
        first: {
          type: "CollectionPage",
          next: `${uri}/replies?page=true`,
          partOf: `${uri}/replies`,
          items: [],
        },
      },
    },
  };
}

const mastodonContext = [
  "https://www.w3.org/ns/activitystreams",
  {
    ostatus: "http://ostatus.org#",
    atomUri: "ostatus:atomUri",
    inReplyToAtomUri: "ostatus:inReplyToAtomUri",
    conversation: "ostatus:conversation",
    sensitive: "as:sensitive",
    toot: "http://joinmastodon.org/ns#",
    votersCount: "toot:votersCount",
    Hashtag: "as:Hashtag",
  },
];
