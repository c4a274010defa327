import generator, { type MegalodonInterface } from "megalodon";
import { createRestAPIClient, type mastodon } from "masto";
import { openMailServer } from "../mail_server.ts";
import { Person } from "../person.ts";
import { openTranslationService } from "../translation_service.ts";
import { newWorld, type World } from "../world.ts";
import { Witness } from "./witness.ts";

/** Somebody with three apps, which all speak to the same server under a witness's eyes. */
export interface Member {
  id: string;
  masto: mastodon.rest.Client;
  megalodon: MegalodonInterface;
  /** For what neither library can ask. */
  plain: Person;
}

export interface Cast extends AsyncDisposable {
  world: World;
  witness: Witness;
  alice: Member;
  bob: Member;
  carol: Member;
  /** Those who have no token. */
  anyone: { masto: mastodon.rest.Client; megalodon: MegalodonInterface; urls: Urls };
}

interface Urls {
  masto: string;
  megalodon: string;
  plain: string;
}

/** A server with three members, alice an admin, and everything that the stories need. */
export async function newCast(): Promise<Cast> {
  const mail = await openMailServer();
  const translating = openTranslationService();
  const world = await newWorld({
    settings: {
      ...mail.settings, // so that addresses have to be confirmed
      ...{ TRANSLATE_BY: "libretranslate", TRANSLATE_URL: translating.url },
    },
  });
  const witness = new Witness(world.url);
  const urls = {
    masto: witness.urlFor("masto"),
    megalodon: witness.urlFor("megalodon"),
    plain: witness.urlFor("fetch"),
  };
  const memberNamed = async (name: string, role?: "admin"): Promise<Member> => {
    const { account, token } = await world.person(name, { role, scopes: "read write follow push profile" });
    return {
      id: account.id,
      masto: createRestAPIClient({ url: urls.masto, accessToken: token }),
      megalodon: generator("mastodon", urls.megalodon, token),
      plain: new Person(urls.plain, { account, token }),
    };
  };
  return {
    ...{ world, witness },
    alice: await memberNamed("alice", "admin"),
    bob: await memberNamed("bob"),
    carol: await memberNamed("carol"),
    anyone: {
      masto: createRestAPIClient({ url: urls.masto }),
      megalodon: generator("mastodon", urls.megalodon),
      urls,
    },
    [Symbol.asyncDispose]: async () => {
      await witness[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
      await translating[Symbol.asyncDispose]();
      await mail[Symbol.asyncDispose]();
    },
  };
}
