import { actions, paths } from "@riff/web/base/paths.ts";
import { browser, type Route } from "../auth/access.ts";
import { goBack } from "../pages/back.ts";
import { followTag, unfollowTag } from "./follow.ts";

/** The buttons on a hashtag's page. */
export const pages: Route[] = [
  button(actions.followTag(":name"), followTag),
  button(actions.unfollowTag(":name"), unfollowTag),
];

function button(action: string, act: typeof followTag): Route {
  return browser("POST", decodeURIComponent(action), async (c) => {
    const { ctx, me } = c.var;
    const { name } = await act(ctx, me, c.req.param("name") ?? "");
    return goBack(c, paths.tag(name));
  });
}
