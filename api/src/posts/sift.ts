import type { FilterContext } from "../filters/filter.ts";
import type { StatusEntity } from "./entity.ts";
import type { Viewer } from "./visibility.ts";

/**
 * What our own pages do with filters, as apps do it: in this context posts that a filter hides are left out, those
 * that one warns of keep only what warns here, and where media are to be covered the post counts as sensitive.
 * Nobody's own posts are filtered.
 */
export function sift(
  statuses: readonly StatusEntity[],
  viewer: Viewer,
  context: FilterContext,
): StatusEntity[] {
  return statuses.flatMap((status) => sifted(status, viewer, context) ?? []);
}

/** The same for a single one: undefined where it is hidden. */
export function sifted(
  status: StatusEntity,
  viewer: Viewer,
  context: FilterContext,
): StatusEntity | undefined {
  if (!viewer || !status.filtered?.length) return status;
  const isOwn = (status.reblog ?? status).account.id === viewer.id;
  const here = isOwn ? [] : status.filtered.filter(({ filter }) => filter.context.includes(context));
  const doing = (action: string) => here.filter(({ filter }) => filter.filter_action === action);
  if (doing("hide").length > 0) return undefined;
  const face = (shown: StatusEntity): StatusEntity => ({
    ...shown,
    sensitive: shown.sensitive || doing("blur").length > 0,
    filtered: doing("warn"),
    reblog: shown.reblog && face(shown.reblog),
  });
  return face(status);
}

/** Without a look at filters: where somebody has asked for just these posts. */
export function bare(statuses: readonly StatusEntity[]): StatusEntity[] {
  return statuses.map((status) => ({
    ...status,
    filtered: [],
    reblog: status.reblog && { ...status.reblog, filtered: [] },
  }));
}
