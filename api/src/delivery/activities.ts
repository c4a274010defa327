import type * as vocab from "@fedify/vocab";
import type { Ctx } from "../base/ctx.ts";

/** The activities that we know what to do with, and how each looks when it has been read. */
export interface Activities {
  Accept: vocab.Accept;
  Add: vocab.Add;
  Announce: vocab.Announce;
  Block: vocab.Block;
  Create: vocab.Create;
  Delete: vocab.Delete;
  EmojiReact: vocab.EmojiReact;
  Flag: vocab.Flag;
  Follow: vocab.Follow;
  Like: vocab.Like;
  Move: vocab.Move;
  QuoteRequest: vocab.QuoteRequest;
  Reject: vocab.Reject;
  Remove: vocab.Remove;
  Undo: vocab.Undo;
  Update: vocab.Update;
}

export type ActivityType = keyof Activities;

/**
 * What is done about each. It comes from the actor that it names: that much is proven. Whether that actor may
 * do so is for the handler to find out. A `Refusal` drops it for good; any other error has it tried again.
 */
export type Understood = { [T in ActivityType]?: Handler<Activities[T]> };
type Handler<A> = (ctx: Ctx, activity: A) => Promise<void>;

/** Where several nouns have to do with one type: each takes what is its own, and passes the rest by. */
export function each<A>(...handlers: Handler<A>[]): Handler<A> {
  return async (ctx, activity) => {
    for (const handle of handlers) await handle(ctx, activity);
  };
}

const types: ReadonlySet<string> = new Set(
  Object.keys(
    {
      Accept: true,
      Add: true,
      Announce: true,
      Block: true,
      Create: true,
      Delete: true,
      EmojiReact: true,
      Flag: true,
      Follow: true,
      Like: true,
      Move: true,
      QuoteRequest: true,
      Reject: true,
      Remove: true,
      Undo: true,
      Update: true,
    } satisfies Record<ActivityType, true>,
  ),
);

/** The first of these types that we know; `type` is whatever stood in the JSON. */
export function knownType(type: unknown): ActivityType | undefined {
  return [type].flat().find((one): one is ActivityType => typeof one === "string" && types.has(one));
}
