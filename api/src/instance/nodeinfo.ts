import { version } from "../base/version.ts";
import type { Instance } from "./store.ts";

/** The two versions of NodeInfo that others read. The later one says more about the software. */
export const nodeInfoVersions = ["2.0", "2.1"] as const;
export type NodeInfoVersion = typeof nodeInfoVersions[number];

/** How a version of NodeInfo is named, in links and in the document's own type. */
export function nodeInfoSchema(schema: NodeInfoVersion): string {
  return `http://nodeinfo.diaspora.software/ns/schema/${schema}`;
}

/** What this server says of itself to those who count servers (NodeInfo, with what FEP-0151 asks for). */
export function toNodeInfo(schema: NodeInfoVersion, about: Instance) {
  const page = `${about.baseUrl}/about`;
  return {
    version: schema,
    software: { name: "riff", version, ...(schema === "2.1" && { homepage: page }) },
    protocols: ["activitypub"],
    services: { inbound: [], outbound: [] },
    openRegistrations: about.signups !== "closed",
    usage: {
      users: {
        total: about.membersCount,
        activeMonth: about.activeMonthCount,
        activeHalfyear: about.activeHalfYearCount,
      },
      localPosts: about.postsCount,
    },
    metadata: { nodeName: about.title, nodeDescription: about.description },
  };
}
