import { accountByHandle } from "../../api/src/accounts/store.ts";
import { signUp } from "../../api/src/auth/sign_up.ts";
import { issueToken } from "../../api/src/auth/tokens.ts";
import type { Ctx } from "../../api/src/base/ctx.ts";

/** Somebody of the demo. */
export interface Sample {
  name: string;
  displayName: string;
  bio: string;
  password: string;
  role?: "admin";
}

/** Who lives on the first server, and who on the second. */
export const residents: Sample[][] = [
  [
    {
      ...{ name: "alice", displayName: "Alice Sample", role: "admin", password: "alice plays the demo" },
      bio: "I look after the first of two servers.",
    },
    {
      ...{ name: "bob", displayName: "Bob Sample", password: "bob plays the demo too" },
      bio: "Cooking, films, and questions.",
    },
  ],
  [
    {
      ...{ name: "rimu", displayName: "Rimu Sample", role: "admin", password: "rimu plays the demo" },
      bio: "I look after the second of two servers.",
    },
    {
      ...{ name: "totara", displayName: "Tōtara Sample", password: "totara plays the demo too" },
      bio: "I read more than I write.",
    },
  ],
];

/** One of them, speaking to their server as an app would. */
export class Resident {
  constructor(readonly base: string, readonly handle: string, readonly token: string) {}

  /** Answers JSON, or throws what the server complains about. */
  // deno-lint-ignore no-explicit-any
  async ask(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: object): Promise<any> {
    const response = await fetch(this.base + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${this.handle}: ${method} ${path} answered ${JSON.stringify(answer)}`);
    return answer;
  }
}

/** Finds the account of that name, or makes it. */
export async function moveIn(ctx: Ctx, person: Sample): Promise<Resident> {
  const { name, password, role, displayName, bio } = person;
  const known = await accountByHandle(ctx.db, name, null);
  const account = known ?? (await signUp(ctx, {
    ...{ username: name, email: `${name}@demo.example`, password, role },
    ...{ confirmed: true, approved: true },
  })).account;
  const token = await issueToken(ctx, {
    accountId: account.id,
    appId: null,
    scopes: ["read", "write", "follow"],
  });
  const resident = new Resident(ctx.config.baseUrl, `${name}@${ctx.config.handleDomain}`, token);
  if (!known) {
    await resident.ask("PATCH", "/api/v1/accounts/update_credentials", {
      display_name: displayName,
      note: bio,
    });
  }
  return resident;
}
