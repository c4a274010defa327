import { LRUCache } from "lru-cache";
import { signingKeyOf } from "../accounts/fetch_document.ts";
import type { SigningKey } from "../base/cavage.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { mostAttempts, pauseAfter } from "./pauses.ts";
import { type Outcome, send } from "./send.ts";
import {
  claimDeliveries,
  deleteDeliveries,
  type Delivery,
  holdBack,
  noteDelivered,
  noteFailed,
  type Parcel,
  parcelsOf,
  postponeDelivery,
  releaseDeliveries,
} from "./send_store.ts";

/** Under way at once: in all, and to one host. */
const most = 96;
const mostPerHost = 4;

/** Milliseconds for which what arrived is gathered, so that many are crossed off in one statement. */
const gathering = 20;

/** Carries deliveries to other servers. Any number of couriers may work beside each other. */
export class Courier {
  readonly #ctx: Ctx;
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #busy = new Map<string, number>();
  #arrived: Delivery[] = [];
  readonly #parcels = new LRUCache<string, Parcel & { bytes: Uint8Array<ArrayBuffer> }>({
    maxSize: 8_000_000,
    sizeCalculation: (parcel) => parcel.bytes.length + 500,
  });
  readonly #keys = new LRUCache<string, SigningKey>({ max: 1_000 });

  constructor(ctx: Ctx) {
    this.#ctx = ctx;
  }

  /** Sends what is due until nothing is left, or until `signal` says stop; what is under way then still ends. */
  async carry(signal?: AbortSignal): Promise<void> {
    while (!signal?.aborted) {
      const hadNone = this.#underWay.size === 0; // else hosts were busy that are free by now
      const claimed = await this.#claim();
      for (const delivery of claimed) this.#begin(delivery);
      if (hadNone && claimed.length === 0) break;
      await this.#someEnd();
      await this.#crossOff();
    }
    await Promise.all(this.#underWay.values());
    await this.#crossOff();
  }

  async #claim(): Promise<Delivery[]> {
    const limit = most - this.#underWay.size;
    if (limit <= 0) return [];
    const { db } = this.#ctx;
    const at = this.#ctx.now();
    const claimed = await claimDeliveries(db, {
      limit,
      perHost: mostPerHost,
      busy: [...this.#busy.keys()],
      at,
    });
    await this.#pack(claimed);
    return claimed;
  }

  /** Sees to it that what these carry is at hand: one query for all. */
  async #pack(deliveries: Delivery[]): Promise<void> {
    const missing = [...new Set(deliveries.map((one) => one.activityId))].filter((id) =>
      !this.#parcels.has(id)
    );
    if (missing.length === 0) return;
    for (const parcel of await parcelsOf(this.#ctx.db, missing)) {
      this.#parcels.set(parcel.activityId, { ...parcel, bytes: new TextEncoder().encode(parcel.body) });
    }
  }

  #begin(delivery: Delivery): void {
    const { id, host } = delivery;
    this.#busy.set(host, (this.#busy.get(host) ?? 0) + 1);
    const done = this.#deliver(delivery)
      .catch(async (error) => {
        this.#ctx.log.error("A delivery could not be made", { host, error });
        await releaseDeliveries(this.#ctx.db, [id]).catch(() => {}); // else the claim ends by itself
      })
      .finally(() => {
        this.#underWay.delete(id);
        const left = this.#busy.get(host)! - 1;
        if (left > 0) this.#busy.set(host, left);
        else this.#busy.delete(host);
      });
    this.#underWay.set(id, done);
  }

  /** Waits for one to end, and a moment longer, so that others that end are dealt with together. */
  async #someEnd(): Promise<void> {
    if (this.#underWay.size === 0) return;
    await Promise.race(this.#underWay.values());
    if (this.#underWay.size > most / 2) {
      await new Promise((resolve) => setTimeout(resolve, gathering));
    }
  }

  async #crossOff(): Promise<void> {
    const arrived = this.#arrived;
    if (arrived.length === 0) return;
    this.#arrived = [];
    await deleteDeliveries(this.#ctx.db, arrived.map((one) => one.id));
    await noteDelivered(this.#ctx.db, [...new Set(arrived.map((one) => one.host))], this.#ctx.now());
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const parcel = this.#parcels.get(delivery.activityId);
    if (!parcel) return await deleteDeliveries(this.#ctx.db, [delivery.id]);
    const outcome = await send(this.#ctx, delivery.inboxUri, parcel.bytes, await this.#keyOf(parcel));
    if (outcome.kind === "arrived") this.#arrived.push(delivery);
    else await this.#missed(delivery, outcome);
  }

  async #keyOf({ actorId, actorUri }: Parcel): Promise<SigningKey> {
    let key = this.#keys.get(actorId);
    if (!key) this.#keys.set(actorId, key = await signingKeyOf(this.#ctx, { id: actorId, uri: actorUri }));
    return key;
  }

  async #missed(delivery: Delivery, outcome: Exclude<Outcome, { kind: "arrived" }>): Promise<void> {
    const { db, log } = this.#ctx;
    const { id, host, attempts } = delivery;
    if (outcome.kind === "refused" || attempts + 1 >= mostAttempts) {
      log.info("A delivery is given up", { host, reason: outcome.reason, attempts: attempts + 1 });
      return await deleteDeliveries(db, [id]);
    }
    const at = this.#ctx.now();
    if (!outcome.blamesHost) return await postponeDelivery(db, id, this.#after(at, attempts + 1));
    // At once, so that of several that fail together the first is counted and the others say nothing new.
    await transaction(this.#ctx, async ({ db }) => {
      const failures = await noteFailed(db, { host, error: outcome.reason, at });
      const until = this.#after(at, failures, outcome.retryAfter);
      log.debug("A server does not take what we send", { host, reason: outcome.reason, failures });
      await postponeDelivery(db, id, until);
      await holdBack(db, host, until);
    });
  }

  #after(at: Temporal.Instant, failures: number, atLeast = 0): Temporal.Instant {
    const random = (this.#ctx.random(1)[0] ?? 0) / 255;
    return at.add({ seconds: Math.max(atLeast, pauseAfter(failures, random)) });
  }
}
