import type { JsonObject } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Forbidden, Refusal } from "../base/errors.ts";
import { FetchFailed } from "../base/fetched.ts";
import { noteHeard } from "../servers/store.ts";
import type { Activities, ActivityType, Understood } from "./activities.ts";
import { lookAtBacklog } from "./backlog.ts";
import {
  claimArrivals,
  type Claimed,
  finishArrivals,
  type Finished,
  postponeArrival,
  releaseArrivals,
} from "./inbox_store.ts";
import { pauseAfter } from "./pauses.ts";
import { readActivity } from "./read.ts";

/**
 * Activities that are taken at once: in all, and of one host. They wait for other servers more than for us, and as
 * many hosts as the one is of the other would have to be slow before they hold up the rest.
 */
const most = 400;
const mostPerHost = 10;

/** After so many attempts an activity is given up: about eight hours. */
const mostAttempts = 10;

/** How often is looked how much waits, while there is something to do. */
const looksEvery = { seconds: 2 };

/** Milliseconds for which what is done is gathered, so that many are crossed off in one statement. */
const gathering = 10;

/** Works the inbox off. Any number of receivers may work beside each other. */
export class Receiver {
  readonly #ctx: Ctx;
  readonly #understood: Understood;
  readonly #number?: number;
  readonly #underWay = new Set<Promise<void>>();
  readonly #busy = new Map<string, number>();
  #finished: (Finished & { host: string })[] = [];
  #alarm = Promise.withResolvers<void>();
  #count = 0;
  #lookedAt?: Temporal.Instant;

  /** `number` is the process's own, where it has shown that it lives. */
  constructor(ctx: Ctx, understood: Understood, number?: number) {
    this.#ctx = ctx;
    this.#understood = understood;
    this.#number = number;
  }

  /** There may be something new: taken at once, even while other things keep us waiting. */
  wake(): void {
    this.#alarm.resolve();
  }

  /**
   * Does what is due until nothing is left, or until `signal` says stop; what is under way then still ends.
   * Answers how many activities that were.
   */
  async work(signal?: AbortSignal): Promise<number> {
    this.#count = 0;
    while (!signal?.aborted) {
      this.#alarm = Promise.withResolvers();
      await this.#look();
      const hadNone = this.#underWay.size === 0; // else hosts were busy that are free by now
      const claimed = await this.#claim();
      for (const chain of chains(claimed)) this.#begin(chain, signal);
      if (hadNone && claimed.length === 0) break;
      await this.#someEnd();
      await this.#crossOff();
    }
    await Promise.all(this.#underWay);
    await this.#crossOff();
    return this.#count;
  }

  async #look(): Promise<void> {
    const now = this.#ctx.now();
    const next = this.#lookedAt?.add(looksEvery);
    if (next && Temporal.Instant.compare(now, next) < 0) return;
    this.#lookedAt = now;
    await lookAtBacklog(this.#ctx);
  }

  async #claim(): Promise<Claimed[]> {
    const taken = [...this.#busy.values()].reduce((sum, count) => sum + count, 0);
    if (taken >= most) return [];
    const busy = [...this.#busy].filter(([, count]) => count > mostPerHost / 2).map(([host]) => host);
    const claim = { limit: most - taken, perHost: mostPerHost, busy, at: this.#ctx.now(), by: this.#number };
    return await transaction(this.#ctx, ({ db }) => claimArrivals(db, claim));
  }

  /** What one actor did happens in its order; what several did, side by side. */
  #begin(chain: Claimed[], signal?: AbortSignal): void {
    const { host } = chain[0]!;
    this.#busy.set(host, (this.#busy.get(host) ?? 0) + chain.length);
    const done = this.#take(chain, signal).finally(() => this.#underWay.delete(done));
    this.#underWay.add(done);
  }

  async #take(chain: Claimed[], signal?: AbortSignal): Promise<void> {
    for (const [index, arrival] of chain.entries()) {
      if (signal?.aborted) {
        await releaseArrivals(this.#ctx.db, chain.slice(index).map((one) => one.id)).catch(() => {});
        return;
      }
      await this.#takeOne(arrival).catch((error) => {
        this.#ctx.log.error("An activity's outcome could not be noted", { error }); // its claim ends by itself
      });
      this.#leave(arrival.host);
    }
  }

  #leave(host: string): void {
    const left = this.#busy.get(host)! - 1;
    if (left > 0) this.#busy.set(host, left);
    else this.#busy.delete(host);
    this.#count++;
  }

  async #takeOne(arrival: Claimed): Promise<void> {
    const { id, host, type, attempts } = arrival;
    try {
      if (attempts > mostAttempts) throw new Forbidden("It was tried too often");
      await this.#act(arrival);
      this.#finished.push({ id, host });
    } catch (error) {
      const reason = error instanceof Error
        ? `${error.name}: ${error.message}`.slice(0, 500)
        : "not an error";
      if (isFinal(error) || attempts >= mostAttempts) {
        this.#ctx.log.debug("An activity had no effect", { type, host, reason, attempts });
        this.#finished.push({ id, host, error: reason });
        return;
      }
      if (!(error instanceof FetchFailed)) {
        this.#ctx.log.error("An activity failed", { type, host, attempts, error });
      }
      const random = (this.#ctx.random(1)[0] ?? 0) / 255;
      const dueAt = this.#ctx.now().add({ seconds: pauseAfter(attempts, random) });
      await postponeArrival(this.#ctx.db, id, dueAt, reason);
    }
  }

  async #act({ type, body, activityUri, actorUri }: Claimed): Promise<void> {
    const act = this.#understood[type] as Handler | undefined;
    if (!act) return;
    const activity = await readActivity(this.#ctx, type, JSON.parse(body) as JsonObject);
    // What was proven was read as plain JSON; JSON-LD could be made to read otherwise.
    if (activity.id?.href !== activityUri || activity.actorId?.href !== actorUri) {
      throw new Forbidden("This activity can be read in two ways");
    }
    await act(this.#ctx, activity);
  }

  /** Waits for one to end or to come, and a moment longer, so that others are dealt with together. */
  async #someEnd(): Promise<void> {
    if (this.#underWay.size === 0) return;
    await Promise.race([...this.#underWay, this.#alarm.promise]);
    if (this.#underWay.size > 0) await new Promise((resolve) => setTimeout(resolve, gathering));
  }

  async #crossOff(): Promise<void> {
    const finished = this.#finished;
    if (finished.length === 0) return;
    this.#finished = [];
    const at = this.#ctx.now();
    await finishArrivals(this.#ctx.db, finished, at);
    await noteHeard(this.#ctx.db, [...new Set(finished.map((one) => one.host))], at);
  }
}

type Handler = (ctx: Ctx, activity: Activities[ActivityType]) => Promise<void>;

/** Trying again would not change it. */
function isFinal(error: unknown): boolean {
  return error instanceof Refusal || (error instanceof FetchFailed && error.permanent);
}

/** The activities of each actor, in their order. */
function chains(arrivals: readonly Claimed[]): Claimed[][] {
  return [...Map.groupBy(arrivals, (arrival) => arrival.actorUri).values()];
}
