import type { Call, Known } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import type { List } from "./list.ts";
import { listById } from "./store.ts";

/** The member's list that the path names. Another's and none at all are the same refusal: NotFound. */
export async function ownList(c: Call<Known>): Promise<List> {
  const id = c.req.param("id") ?? "";
  const list = isId(id) ? await listById(c.var.ctx.db, c.var.me.id, id) : undefined;
  if (!list) throw new NotFound();
  return list;
}
