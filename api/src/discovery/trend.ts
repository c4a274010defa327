import type { Limits } from "../base/page.ts";

/** What can be a trend: what many talk about, and whom many follow. */
export type TrendSort = "tag" | "post" | "link" | "account";

/** How many trends of a sort are kept. */
export const mostTrends = 200;

/** How many tags and links a list shows. */
export const trendLimits: Limits = { usual: 10, most: 20 };
