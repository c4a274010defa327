import assert from "node:assert/strict";
import { Deployment, eventually } from "./deployment.ts";

/** Each process of a server is killed in the midst of a burst of posts. Whatever was answered 2xx has to be there. */

/** How many write at once, how much each, and how much of it all is answered when something is killed. */
const writers = 6;
const each = 20;
const untilKilled = 40;

Deno.test("kill -9 in a burst of posts loses nothing that was answered, and makes nothing twice", async (t) => {
  await using deployment = await Deployment.start();
  const { rows: [{ fsync }] } = await deployment.pool.query("show fsync");
  assert.equal(fsync, "on");
  await deployment.person("reader");
  const tokens: string[] = [];
  for (let n = 0; n < writers; n++) tokens.push((await deployment.person(`writer${n}`)).token);

  const burst = (kill: () => Promise<void>) => killedInBurst(deployment, tokens, kill);
  await t.step("of the API", async () => assert.ok(await burst(() => deployment.killApi()) > 0));
  await t.step("of the worker", async () => assert.equal(await burst(() => deployment.killWorker()), 0));
  await t.step("of the database", async () => assert.ok(await burst(() => deployment.killDatabase()) > 0));
});

/** Answers how many requests were not, and fails where the posts are not exactly those that were. */
async function killedInBurst(
  deployment: Deployment,
  tokens: string[],
  kill: () => Promise<void>,
): Promise<number> {
  await deployment.pool.query("truncate posts, notifications cascade; update accounts set posts_count = 0");
  const clients = tokens.map((token) => new Client(deployment.url, token));
  const answered = () => clients.flatMap((client) => client.answered);
  const writing = clients.map((client) => client.write(each));
  await eventually(() => Promise.resolve(answered().length >= untilKilled));
  const before = answered().length;
  await kill();
  await Promise.all(writing);
  await eventually(async () => (await counted(deployment)).jobs === 0);

  const all = answered();
  const unheard = clients.reduce((sum, client) => sum + client.unheard, 0);
  const { jobs: _, ...counts } = await counted(deployment);
  console.log(
    `${before} posts answered before it was killed, ${all.length} in the end; ${unheard} requests unheard;`,
    counts,
  );
  for (const [what, count] of Object.entries(counts)) assert.equal(count, all.length, what);
  const { rows } = await deployment.pool.query<{ id: string }>("select id from posts");
  assert.deepEqual(rows.map((row) => row.id).sort(), all.toSorted());
  return unheard;
}

/** An app that writes posts one after another, and sends each until it hears what became of it. */
class Client {
  /** The ids of posts that were answered 2xx. */
  readonly answered: string[] = [];
  /** Requests whose answer never came. */
  unheard = 0;

  constructor(readonly url: string, readonly token: string) {}

  async write(count: number): Promise<void> {
    for (let n = 1; n <= count; n++) await this.#write(`@reader post ${n} #drill`);
  }

  async #write(status: string): Promise<void> {
    const key = crypto.randomUUID();
    await eventually(async () => {
      const answer = await fetch(`${this.url}/api/v1/statuses`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${this.token}`,
          "content-type": "application/json",
          "idempotency-key": key,
        },
        body: JSON.stringify({ status }),
      }).then(async (answer) => ({ ok: answer.ok, json: await answer.json() })).catch(() => undefined);
      if (!answer?.ok) this.unheard++;
      else this.answered.push(answer.json.id);
      return answer?.ok ?? false;
    });
  }
}

/** What the database holds: of whole posts as many as of all their parts. */
async function counted({ pool }: Deployment) {
  const { rows: [counts] } = await pool.query(`
    select (select count(*)::int from posts) as posts,
      (select sum(posts_count)::int from accounts) as counted,
      (select count(*)::int from mentions) as mentions,
      (select count(*)::int from post_tags) as tagged,
      (select count(*)::int from notifications where kind = 'mention') as told,
      (select count(*)::int from graphile_worker._private_jobs) as jobs`);
  return counts;
}
