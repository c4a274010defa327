/** A mail was not taken. The message says why, without whom it was for. */
export class NotTaken extends Error {
  override name = "NotTaken";
  /** What was said about this very mail; undefined where the way to the server is the trouble. */
  readonly reply?: { code: number; text: string };

  constructor(message: string, options: { cause?: unknown; reply?: { code: number; text: string } } = {}) {
    super(message, { cause: options.cause });
    this.reply = options.reply;
  }
}
