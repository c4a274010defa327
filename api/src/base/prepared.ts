import type { PostgresPoolClient } from "kysely";
import type pg from "pg";
import { fits, type Shape, shapeOf } from "./rows.ts";

/** What is known of a statement: the name it is prepared under, and, once it has answered, the shape of its rows. */
interface Statement {
  name: string;
  shape?: Shape;
}

/** By their texts, which come from our code alone, so they are few. */
const statements = new Map<string, Statement>();

function statementOf(text: string): Statement {
  let statement = statements.get(text);
  if (!statement) statements.set(text, statement = { name: `riff_${statements.size}` });
  return statement;
}

/**
 * `client.query` by its callback: what its promise answers lives on until all memory is swept, which on a busy server
 * then happens every second (docs/decisions/0013-answers-die-young.md).
 */
function ask(client: pg.PoolClient, query: string | pg.QueryArrayConfig): Promise<pg.QueryArrayResult> {
  return new Promise((resolve, reject) => {
    client.query(query as pg.QueryArrayConfig, (error, answer) => error ? reject(error) : resolve(answer));
  });
}

/** A connection for Kysely that prepares every statement once: planning costs more than running. */
export function preparing(client: pg.PoolClient): PostgresPoolClient {
  return {
    async query(text: string, values: readonly unknown[]) {
      if (values.length === 0 && isControl(text)) return await ask(client, text);
      const statement = statementOf(text);
      const sent = values.map((value) => value instanceof Temporal.Instant ? value.toString() : value);
      const answer = await ask(client, { name: statement.name, text, values: sent, rowMode: "array" });
      if (!statement.shape || !fits(statement.shape, answer.fields)) {
        statement.shape = shapeOf(answer.fields.map((field) => field.name));
      }
      return { ...answer, rows: answer.rows.map(statement.shape.toObject) };
    },
    release: (destroy?: boolean) => client.release(destroy),
    // deno-lint-ignore no-explicit-any
  } as any;
}

/** begin, commit, rollback and the like: not worth preparing. */
function isControl(text: string): boolean {
  return !/^\s*(select|insert|update|delete|with)\b/i.test(text);
}
