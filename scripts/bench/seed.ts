import pg from "pg";
import { signUp } from "../../api/src/auth/sign_up.ts";
import { issueToken } from "../../api/src/auth/tokens.ts";
import { readConfig } from "../../api/src/base/config.ts";
import { openPool } from "../../api/src/base/db.ts";
import { migrate } from "../../api/src/base/migrate.ts";
import { rememberIdentity } from "../../api/src/instance/identity.ts";
import { boot } from "../../api/src/wiring/boot.ts";

/** The world that is measured; `seed.sql` says what is in it. */
export interface Seeded {
  /** Of somebody who follows 200 people. */
  token: string;
  /** Of those who write the new posts, and whom nobody follows. */
  writerTokens: string[];
  /** Of somebody whose people live elsewhere, and of somebody whom only people elsewhere follow. */
  listenerToken: string;
  speakerToken: string;
  /** One of our members. */
  memberId: string;
  /** An account with many posts. */
  authorId: string;
  /** A post with mentions and tags. */
  postId: string;
  /** The reader's, with 50 people. */
  listId: string;
}

/** Fills an empty database, with settings as the servers that will use it. */
export async function seed(databaseUrl: string, env: Record<string, string>): Promise<Seeded> {
  await migrate(databaseUrl);
  const config = readConfig(env);
  const pool = openPool({ url: databaseUrl, connections: 2, name: "bench", onError: console.error });
  const ctx = boot(config, { pool, secretKey: config.secretKey! });
  try {
    await rememberIdentity(ctx);
    const member = async (username: string) => {
      const email = `${username}@mail.test`;
      const { account } = await signUp(ctx, { username, email, password: `correct horse of ${username}` });
      return await issueToken(ctx, { accountId: account.id, appId: null, scopes: ["read", "write"] });
    };
    const token = await member("reader");
    const writerTokens = await Promise.all(
      Array.from({ length: 12 }, (_, n) => member(`writer${n}`)),
    );
    const [listenerToken, speakerToken] = [await member("listener"), await member("speaker")];
    await pool.query(`begin; ${await Deno.readTextFile(new URL("seed.sql", import.meta.url))} commit`);
    await pool.query("vacuum analyze");
    return { token, writerTokens, listenerToken, speakerToken, ...await examples(pool) };
  } finally {
    ctx.http.close();
    await pool.end();
  }
}

async function examples(pool: pg.Pool): Promise<Pick<Seeded, "memberId" | "authorId" | "postId" | "listId">> {
  const { rows: [found] } = await pool.query(`
    select (select id from accounts where username = 'speaker' and domain is null) as "memberId",
      (select id from accounts order by posts_count desc limit 1) as "authorId",
      (select id from lists) as "listId",
      (select p.id from posts p where visibility = 'public' and boost_of_id is null
        and exists (select from mentions m where m.post_id = p.id)
        and exists (select from post_tags t where t.post_id = p.id) order by p.id desc limit 1) as "postId"`);
  return found;
}
