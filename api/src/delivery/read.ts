import type { Activity, Object as ActivityObject } from "@fedify/vocab";
import { fetchDocument } from "../accounts/fetch_document.ts";
import type { JsonObject } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import { FetchFailed } from "../base/fetched.ts";
import type { Activities, ActivityType } from "./activities.ts";
import { loadContext, type Loaded } from "./contexts.ts";
import { tidy, tidyUnderOurs } from "./tidy.ts";

/** JSON of other servers as objects of the vocabulary. The library is loaded when it is first needed: it is large. */

/** How the library gets at what it does not have: by our signed and guarded way, or not at all. */
function loaders(ctx: Ctx) {
  const documentLoader = async (url: string): Promise<Loaded> => {
    const document = tidy(await fetchDocument(ctx, url));
    return { contextUrl: null, documentUrl: String(document.id ?? url), document };
  };
  return { documentLoader, contextLoader: loadContext };
}

/** An activity of that type. Throws `FetchFailed` ("unreadable") where it makes no sense. */
export async function readActivity<T extends ActivityType>(
  ctx: Ctx,
  type: T,
  json: JsonObject,
): Promise<Activities[T]> {
  const vocab = await import("@fedify/vocab");
  const { fromJsonLd } = vocab[type] as typeof Activity;
  return await read(
    ctx,
    json,
    (document, options) => fromJsonLd.call(vocab[type], document, options),
  ) as Activities[T];
}

/** Any object. Throws `FetchFailed` ("unreadable") where it makes no sense. */
export async function readObject(ctx: Ctx, json: JsonObject): Promise<ActivityObject> {
  const { Object: AnyObject } = await import("@fedify/vocab");
  return await read(ctx, json, (document, options) => AnyObject.fromJsonLd(document, options));
}

/** Another server's object, asked for where it lives. Throws `FetchFailed`. */
export async function fetchObject(ctx: Ctx, uri: string | URL): Promise<ActivityObject> {
  return await readObject(ctx, await fetchDocument(ctx, String(uri)));
}

async function read<Result>(
  ctx: Ctx,
  json: JsonObject,
  parse: (document: JsonObject, options: ReturnType<typeof loaders>) => Promise<Result>,
): Promise<Result> {
  const options = loaders(ctx);
  try {
    return await parse(tidy(json), options);
  } catch {
    // Perhaps only what it says about its own terms is broken.
    return await parse(tidyUnderOurs(json), options).catch((cause) => {
      throw new FetchFailed("unreadable", "This is no ActivityStreams that we can read", { cause });
    });
  }
}
