import { Buffer } from "node:buffer";
import { Readable } from "node:stream";
import type { Connection, Submittable } from "pg";

/**
 * The rows of a `copy ... to stdout`, as a statement for pg's client. pg's usual library for this takes the socket over,
 * and after several of them, one after the other, Deno does not always give it back.
 */
export class CopyOut extends Readable implements Submittable {
  /** There at the end. */
  rowCount = 0;
  #connection?: Connection;

  constructor(private readonly text: string) {
    super();
  }

  submit(connection: Connection): void {
    this.#connection = connection;
    connection.query(this.text);
  }

  /** pg uses the memory again. */
  handleCopyData({ chunk }: { chunk: Uint8Array }): void {
    if (!this.push(Buffer.from(chunk))) this.#connection?.stream.pause();
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.rowCount = Number(/^COPY (\d+)/.exec(text)?.[1] ?? 0);
  }

  handleReadyForQuery(): void {
    this.push(null);
  }

  handleError(error: Error): void {
    this.destroy(error);
  }

  override _read(): void {
    this.#connection?.stream.resume();
  }

  /** Who wants no more lets the rest go by. */
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#connection?.stream.resume();
    done(error);
  }
}
