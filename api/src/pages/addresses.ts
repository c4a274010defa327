/** Paths with a hole in them, as routes: `paths` of the web client fills them. */

/** `/@alice`, `/@rimu@elsewhere.test`: as `handle`, with its first @. */
export const profileRoute = "/:handle{@[\\w.@:-]+}";

/** `/@alice/123` */
export const postRoute = `${profileRoute}/:id{\\d+}`;
