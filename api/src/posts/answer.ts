import type { Call } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { showPost } from "./entity.ts";
import type { Viewer } from "./visibility.ts";

/** Answers with one post as it is now, as `viewer` may see it. */
export async function respond(c: Call, viewer: Viewer, id: string): Promise<Response> {
  const status = await showPost(c.var.ctx, viewer, id);
  if (!status) throw new NotFound();
  return c.json(status);
}
