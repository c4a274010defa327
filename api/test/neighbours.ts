import type { Account } from "../src/accounts/account.ts";
import { resolveHandle } from "../src/accounts/remote.ts";
import { postByUri } from "../src/posts/store.ts";
import type { Answer, Person } from "./person.ts";
import { newWorld, type World } from "./world.ts";

/** Two servers that know of each other, for the stories that they tell together. */
export interface Neighbours extends AsyncDisposable {
  /** Where alice and bob live. */
  here: World;
  /** Where rimu and totara live. */
  there: World;
  /** Somebody of one server follows somebody of the other. */
  follows(who: Person, whom: Person): Promise<void>;
  /** Lets everything happen that is due, on both. */
  settle(): Promise<void>;
}

export async function newNeighbours(): Promise<Neighbours> {
  const here = await newWorld();
  const there = await newWorld();
  homes.set(here.url, here).set(there.url, there);
  return {
    here,
    there,
    follows: async (who, whom) => {
      const { id } = await met(homeOf(who), whom);
      const { json } = await who.post(`/api/v1/accounts/${id}/follow`);
      if (json.error) throw new Error(json.error);
      await here.settle();
    },
    settle: () => here.settle(),
    [Symbol.asyncDispose]: async () => {
      for (const world of [there, here]) {
        homes.delete(world.url);
        await world[Symbol.asyncDispose]();
      }
    },
  };
}

/** The neighbours by where they listen. */
const homes = new Map<string, World>();

function homeOf(person: Person): World {
  return homes.get(person.base)!;
}

/** `person` as another world knows them; it looks for them if need be. */
export function met(world: World, { account }: Person): Promise<Account> {
  return resolveHandle(world.ctx, `${account.username}@${new URL(account.uri).host}`);
}

/** Which id a post has in this world; undefined where it has not come. */
export async function idIn(world: World, status: { uri: string }): Promise<string | undefined> {
  return (await postByUri(world.ctx.db, status.uri))?.id;
}

/** A post of either server as `who` sees it at home; undefined where they may not, or it has not come. */
export async function sees(who: Person, status: { uri: string }): Promise<Answer["json"]> {
  const id = await idIn(homeOf(who), status);
  if (!id) return undefined;
  const { status: code, json } = await who.get(`/api/v1/statuses/${id}`);
  return code === 200 ? json : undefined;
}
