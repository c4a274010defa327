/**
 * Expected refusals. Verbs throw them, each kind of door translates them once (in `wiring/`).
 * Whatever is not a Refusal is a fault: it is logged and answered without details.
 */

/** An expected refusal. The message is safe to show to whoever asked. */
export abstract class Refusal extends Error {
  /** The HTTP status that says the same. */
  abstract readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 503;
}

/** The request itself makes no sense: malformed JSON, a negative offset. */
export class BadRequest extends Refusal {
  override name = "BadRequest";
  readonly status = 400;
}

/** We do not know who asks. */
export class Unauthorized extends Refusal {
  override name = "Unauthorized";
  readonly status = 401;
  constructor(message = "The access token is invalid") {
    super(message);
  }
}

/** We know who asks, and they may not. */
export class Forbidden extends Refusal {
  override name = "Forbidden";
  readonly status = 403;
  constructor(message = "This action is not allowed") {
    super(message);
  }
}

/** There is no such thing, or none that this viewer may know of: both answer alike. */
export class NotFound extends Refusal {
  override name = "NotFound";
  readonly status = 404;
  constructor(message = "Record not found") {
    super(message);
  }
}

/** Somebody else was faster: the caller's picture is out of date. */
export class Conflict extends Refusal {
  override name = "Conflict";
  readonly status = 409;
}

/** It was here and is gone for good. */
export class Gone extends Refusal {
  override name = "Gone";
  readonly status = 410;
  constructor(message = "This is gone") {
    super(message);
  }
}

/** More than we read. */
export class TooLarge extends Refusal {
  override name = "TooLarge";
  readonly status = 413;
  constructor(message = "The request is too large") {
    super(message);
  }
}

/** What is wrong with one field: Mastodon's `ERR_...` codes and a sentence for people. */
export type Details = Record<string, { error: string; description: string }[]>;

/** The request is understood, but what it asks for cannot be. `details` names the fields at fault. */
export class Invalid extends Refusal {
  override name = "Invalid";
  readonly status = 422;
  constructor(message: string, readonly details?: Details) {
    super(message);
  }
}

/** Asked too often. `retryAt` is when the next request is welcome. */
export class TooMany extends Refusal {
  override name = "TooMany";
  readonly status = 429;
  constructor(message = "Too many requests", readonly retryAt?: Temporal.Instant) {
    super(message);
  }
}

/** We can't just now, through no fault of whoever asks. */
export class Unavailable extends Refusal {
  override name = "Unavailable";
  readonly status = 503;
}
