import { Refusal } from "../base/errors.ts";

/** What OAuth calls what went wrong: RFC 6749, 5.2, RFC 7009, 2.2.1. */
export type OAuthFault =
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "invalid_scope"
  | "unauthorized_client"
  | "unsupported_grant_type"
  | "unsupported_response_type";

/** A refusal in OAuth's own words. */
export class OAuthRefusal extends Refusal {
  override name = "OAuthRefusal";
  constructor(
    readonly fault: OAuthFault,
    message: string,
    readonly status: 400 | 401 | 403 = 400,
  ) {
    super(message);
  }
}
