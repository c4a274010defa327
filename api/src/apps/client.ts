import type { Ctx } from "../base/ctx.ts";
import { hashToken, timingSafeEqual } from "../base/secrets.ts";
import type { App } from "./app.ts";
import { OAuthRefusal } from "./oauth_refusal.ts";
import { appByClientId } from "./store.ts";

/** How a client says who it is: in the `Authorization` header, or else among the parameters. */
export interface ClientClaim {
  authorization?: string;
  clientId?: string;
  clientSecret?: string;
}

/** Who asks at the token endpoint. */
export interface Client {
  app: App;
  /** Whether it has shown its secret. A wrong one is refused; none at all may do where PKCE proves the rest. */
  proven: boolean;
}

/** Finds out which app this is (RFC 6749, 2.3.1). */
export async function readClient(ctx: Ctx, claim: ClientClaim): Promise<Client> {
  const { clientId, clientSecret } = basic(claim.authorization) ?? claim;
  const app = clientId ? await appByClientId(ctx.db, clientId) : undefined;
  if (!app || (clientSecret && !timingSafeEqual(hashToken(clientSecret), app.clientSecretHash))) {
    throw unknownClient();
  }
  return { app, proven: Boolean(clientSecret) };
}

/** The refusal for a client that is not known, or has not proven who it is. */
export function unknownClient(): OAuthRefusal {
  return new OAuthRefusal(
    "invalid_client",
    "Client authentication failed due to unknown client, no client authentication included, or wrong secret",
    401,
  );
}

/** RFC 7617, with both parts form-encoded. What can't be read is no known client. */
function basic(header: string | undefined): Pick<ClientClaim, "clientId" | "clientSecret"> | undefined {
  const encoded = header?.match(/^Basic\s+([\w+/=-]+)$/i)?.[1];
  if (!encoded) return undefined;
  try {
    const text = new TextDecoder().decode(Uint8Array.fromBase64(encoded));
    const [, id = "", secret = ""] = text.match(/^([^:]*):(.*)$/s) ?? [];
    return { clientId: decode(id), clientSecret: decode(secret) };
  } catch {
    return {};
  }
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll("+", " "));
}
