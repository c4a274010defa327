import { X509Certificate } from "node:crypto";
import tls from "node:tls";

/** Until when the last-lasting of a file's certificates (PEM) holds; undefined where there is none in it. */
export function endOfAuthority(pem: string): Temporal.Instant | undefined {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.map((block) => instant(new X509Certificate(block).validTo))
      .sort(Temporal.Instant.compare).at(-1);
  } catch {
    return undefined;
  }
}

/**
 * Until when the certificate holds that a server shows to whoever calls it by this name; undefined where none comes
 * within `patience` milliseconds. Whether it is to be believed is for others to see.
 */
export function endOfCertificate(url: URL, patience: number): Promise<Temporal.Instant | undefined> {
  return new Promise((resolve) => {
    const socket = tls.connect({
      host: url.hostname,
      port: Number(url.port || 443),
      servername: url.hostname,
      rejectUnauthorized: false,
      timeout: patience,
    });
    const end = (found?: Temporal.Instant) => {
      socket.destroy();
      resolve(found);
    };
    socket.once("secureConnect", () => {
      const { valid_to: last } = socket.getPeerCertificate();
      end(last ? instant(last) : undefined);
    });
    socket.once("timeout", () => end());
    socket.once("error", () => end());
  });
}

/** OpenSSL's `Nov 27 03:00:00 2026 GMT`. */
function instant(text: string): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Date.parse(text));
}
