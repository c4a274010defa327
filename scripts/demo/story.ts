import type { Resident } from "./residents.ts";

/** What the people of the demo have done before anybody looks. `who` finds them by name. */
export async function tell(who: (name: string) => Resident): Promise<void> {
  const [alice, bob, rimu, totara] = ["alice", "bob", "rimu", "totara"].map(who) as [
    Resident,
    Resident,
    Resident,
    Resident,
  ];
  await Promise.all([
    follow(alice, rimu),
    follow(alice, bob),
    follow(bob, alice),
    follow(bob, totara),
    follow(rimu, alice),
    follow(rimu, totara),
    follow(totara, alice),
    follow(totara, bob),
  ]);

  const welcome = await post(
    alice,
    "Kia ora! This is one of two servers on this machine. They speak to each other as servers all over the world " +
      "do: post here, and it is read over there. #demo",
  );
  await post(rimu, "Hello from the other one. Everybody here can follow, answer and boost you. #demo");
  const answer = await post(totara, `@${alice.handle} We can hear you, loud and clear.`, {
    in_reply_to_id: await seen(totara, welcome),
  });
  await post(alice, `@${totara.handle} Then put the kettle on!`, {
    in_reply_to_id: await seen(alice, answer),
  });
  await act(rimu, welcome, "reblog");
  await act(totara, welcome, "favourite");

  const pie = await post(bob, "I have four kūmara and a fish. What does one make of that? #cooking");
  await act(totara, pie, "reblog");
  const recipe = await post(totara, `@${bob.handle} A pie! Boil the kūmara first, with the skin on.`, {
    in_reply_to_id: await seen(totara, pie),
  });
  await act(bob, recipe, "favourite");
  await post(bob, "They find the ring in the teapot.", { spoiler_text: "How the film ends" });

  const question = await post(rimu, "Saturday, at the long table. What shall we have?", {
    poll: { options: ["Fish pie", "Kūmara soup", "Both"], expires_in: 7 * 24 * 60 * 60 },
  });
  await vote(alice, question, 2);
  await vote(totara, question, 0);
}

/** A post where it was written. */
export interface Status {
  id: string;
  uri: string;
}

/** Publishes a post; `more` as the API has it. */
export function post(who: Resident, status: string, more: object = {}): Promise<Status> {
  return who.ask("POST", "/api/v1/statuses", { status, ...more });
}

/** Lasts until the other server has let them. */
export async function follow(who: Resident, whom: Resident): Promise<void> {
  const id = await met(who, whom);
  await who.ask("POST", `/api/v1/accounts/${id}/follow`);
  await until(async () => {
    const [relation] = await who.ask("GET", `/api/v1/accounts/relationships?id[]=${id}`);
    return relation.following || undefined;
  });
}

/** Which id somebody has where `who` lives, who looks for them there. */
export async function met(who: Resident, whom: Resident): Promise<string> {
  const query = new URLSearchParams({ q: `@${whom.handle}`, resolve: "true", type: "accounts" });
  const { accounts: [account] } = await who.ask("GET", `/api/v2/search?${query}`);
  return account.id;
}

async function act(who: Resident, status: Status, what: "reblog" | "favourite"): Promise<void> {
  await who.ask("POST", `/api/v1/statuses/${await seen(who, status)}/${what}`);
}

async function vote(who: Resident, status: Status, choice: number): Promise<void> {
  const { poll } = await who.ask("GET", `/api/v1/statuses/${await seen(who, status)}`);
  await who.ask("POST", `/api/v1/polls/${poll.id}/votes`, { choices: [choice] });
}

/** Which id a post has where they live, as soon as it is there. */
export async function seen(who: Resident, status: Status): Promise<string> {
  return (await until(() => found(who, status))).id;
}

/** A post as `who` may see it where they live; undefined where it has not come, or is not for them. */
// deno-lint-ignore no-explicit-any
export async function found(who: Resident, { uri }: Status): Promise<any> {
  const query = new URLSearchParams({ q: uri, type: "statuses" });
  return (await who.ask("GET", `/api/v2/search?${query}`)).statuses[0];
}

/** Asks many times a second until there is an answer. */
export async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The two servers don't hear each other");
}
