import assert from "node:assert/strict";
import http from "node:http";
import type { JsonObject } from "../src/base/activitystreams.ts";
import { activityType } from "../src/base/activitystreams.ts";
import { cavageHeaders } from "../src/base/cavage.ts";
import { rsaSigner } from "../src/base/rsa.ts";
import { Deployment, eventually } from "./deployment.ts";
import { nextRsaPair } from "./rsa_pairs.ts";

/** Processes are killed in the midst of what goes between servers. Nothing is lost, nothing has its effect twice. */

/** Other servers are this machine, under addresses that end so. */
const settings = { ALLOW_LOOPBACK: ".7" };

const activities = 150;
const untilApiKilled = 50;
const servers = 200;
const untilWorkerKilled = 40;

Deno.test("kill -9 of the API in a burst from elsewhere: what was answered 202 has its effect, once", async () => {
  await using deployment = await Deployment.start(settings);
  const { account: alice } = await deployment.person("alice");
  await using rimu = await Rimu.start(deployment);
  await deployment.pool.query(
    `with rimu as (insert into accounts (username, domain, uri, url, inbox_uri, fetched_at)
       values ('rimu', $1, $2, $2, $2 || '/inbox', now()) returning id)
     insert into follows (follower_id, account_id) select $3, id from rimu`,
    [rimu.host, rimu.uri, alice.id],
  );
  const sending = Array.from({ length: activities }, (_, number) => rimu.sendUntilTaken(number));
  await eventually(() => Promise.resolve(rimu.taken >= untilApiKilled));
  const before = { answered: rimu.taken, ...await effects(deployment) };
  await deployment.killApi();
  await Promise.all(sending);
  await eventually(async () => (await effects(deployment)).open === 0);

  const after = await effects(deployment);
  console.log(
    `before: ${JSON.stringify(before)}; ${rimu.unheard} requests without an answer were sent again; ` +
      `after: ${JSON.stringify({ answered: rimu.taken, ...after })}`,
  );
  assert.ok(rimu.unheard > 0, "nobody noticed that it was killed");
  assert.deepEqual(after, { open: 0, posts: activities, counted: activities });
});

Deno.test("kill -9 of the worker in mid-fan-out: every inbox gets it, and those who know it see it once", async () => {
  await using deployment = await Deployment.start(settings);
  const alice = await deployment.person("alice");
  await using everybody = new Everybody();
  await deployment.pool.query(
    `with heard as (insert into accounts (username, domain, uri, url, inbox_uri, fetched_at)
       select 'rimu', host, 'http://' || host || '/rimu', 'http://' || host || '/rimu',
         'http://' || host || '/inbox', now()
       from unnest($1::text[]) as host returning id)
     insert into follows (follower_id, account_id) select id, $2 from heard`,
    [Array.from({ length: servers }, (_, number) => everybody.host(number)), alice.account.id],
  );
  const answer = await fetch(`${deployment.url}/api/v1/statuses`, {
    method: "POST",
    headers: { authorization: `Bearer ${alice.token}`, "content-type": "application/json" },
    body: JSON.stringify({ status: "to everybody" }),
  });
  assert.equal(answer.status, 200);
  await answer.body?.cancel();
  await eventually(() => Promise.resolve(everybody.seen.size >= untilWorkerKilled));
  const before = { ...everybody.counts, waiting: await waiting(deployment) };
  await deployment.killWorker();
  // What the killed one had claimed is free when the claim ends: here, that is now.
  await deployment.pool.query("update deliveries set claimed_until = now() where claimed_until is not null");
  await eventually(async () => await waiting(deployment) === 0);

  console.log(`before: ${JSON.stringify(before)}; after: ${JSON.stringify(everybody.counts)}`);
  assert.ok(before.waiting > 0, "it was killed when all was over");
  assert.equal(everybody.seen.size, servers);
  assert.equal(new Set([...everybody.seen].map((name) => name.split(" ")[1])).size, 1, "it is one activity");
});

/** What has become of what came in. */
async function effects({ pool }: Deployment) {
  const { rows: [counts] } = await pool.query(`
    select (select count(*)::int from inbox where done_at is null) as open,
      (select count(*)::int from posts) as posts,
      (select coalesce(sum(posts_count), 0)::int from accounts) as counted`);
  return counts;
}

async function waiting({ pool }: Deployment): Promise<number> {
  const { rows: [{ waiting }] } = await pool.query(`
    select (select count(*)::int from deliveries)
      + (select count(*)::int from graphile_worker._private_jobs) as waiting`);
  return waiting;
}

/** Somebody elsewhere, and their server. */
class Rimu implements AsyncDisposable {
  /** Activities that were answered 202, and requests that were not answered. */
  taken = 0;
  unheard = 0;
  readonly uri: string;
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 12 });

  private constructor(
    readonly host: string,
    private readonly server: Deno.HttpServer,
    private readonly deployment: Deployment,
    private readonly sign: Awaited<ReturnType<typeof rsaSigner>>,
  ) {
    this.uri = `http://${host}/users/rimu`;
  }

  static async start(deployment: Deployment): Promise<Rimu> {
    const { publicPem: pem, privateKey } = await nextRsaPair();
    const server = Deno.serve(
      { port: 0, hostname: "127.1.1.7", onListen: () => {} },
      ({ url }) =>
        Response.json({
          id: url,
          type: "Person",
          preferredUsername: "rimu",
          inbox: `${url}/inbox`,
          publicKey: { id: `${url}#main-key`, owner: url, publicKeyPem: pem },
        }, { headers: { "content-type": activityType } }),
    );
    return new Rimu(`127.1.1.7:${server.addr.port}`, server, deployment, await rsaSigner(privateKey));
  }

  /** Says something, and says it again until somebody has heard it. */
  async sendUntilTaken(number: number): Promise<void> {
    const body = new TextEncoder().encode(JSON.stringify(this.#says(number)));
    await eventually(async () => {
      const status = await this.#post(body).catch(() => undefined);
      if (status === 202) this.taken++;
      else this.unheard++;
      return status === 202;
    });
  }

  #says(number: number): JsonObject {
    const uri = `${this.uri}/posts/${number}`;
    const addressed = { to: ["https://www.w3.org/ns/activitystreams#Public"] };
    return {
      "@context": "https://www.w3.org/ns/activitystreams",
      id: `${uri}#create`,
      type: "Create",
      actor: this.uri,
      ...addressed,
      object: { id: uri, type: "Note", attributedTo: this.uri, content: `${number}`, ...addressed },
    };
  }

  async #post(body: Uint8Array<ArrayBuffer>): Promise<number> {
    const url = new URL("/inbox", this.deployment.publicUrl);
    const headers = await cavageHeaders(
      { method: "POST", url, body, contentType: activityType },
      { id: `${this.uri}#main-key`, sign: this.sign },
      Temporal.Now.instant(),
    );
    return await new Promise((resolve, reject) => {
      const options = { method: "POST", agent: this.#agent, headers: { ...headers, host: url.host } };
      const request = http.request(new URL("/inbox", this.deployment.url), options, (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode ?? 0));
        answer.on("error", reject);
      });
      request.on("error", reject);
      request.end(body);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#agent.destroy();
    await this.server.shutdown();
  }
}

/** All other servers: whatever is posted to any of them is seen, by name, once. */
class Everybody implements AsyncDisposable {
  /** `HOST ACTIVITY` */
  readonly seen = new Set<string>();
  #came = 0;
  readonly #server = Deno.serve({ port: 0, hostname: "0.0.0.0", onListen: () => {} }, async (request) => {
    const { id } = await request.json();
    this.#came++;
    this.seen.add(`${new URL(request.url).host} ${id}`);
    return new Response(null, { status: 202 });
  });

  get counts() {
    return { came: this.#came, seen: this.seen.size };
  }

  host(number: number): string {
    return `127.2.${number}.7:${this.#server.addr.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}
