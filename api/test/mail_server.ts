import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A real mail server for tests, on loopback: TLS, a name and a password, and whatever a test makes it do wrong. */
export interface MailServer extends AsyncDisposable {
  port: number;
  /** The settings that lead there. */
  settings: { SMTP_URL: string; SMTP_CA_FILE: string; MAIL_FROM: string };
  /** All that it has taken, in order. */
  mails: Taken[];
  /** How many have asked it for anything, with whatever success. */
  connections: number;
  /** What it does to the next mails; undefined: takes them. */
  mood?: Mood;
  /** The latest mail to this address; throws where there is none. */
  latestTo(address: string): Taken;
}

/** A mail as it arrived. */
export interface Taken extends Email {
  /** Whom the envelope names. */
  envelopeTo: string[];
  envelopeFrom: string;
  raw: string;
}

/** An answer in place of "ok", or silence. */
export type Mood =
  | { refuses: "recipient" | "content"; code: number; text: string }
  | { isSilent: true };

export interface MailServerOptions extends SMTPServerOptions {
  /** Its certificate is one that nobody has signed. */
  isForged?: boolean;
  /** The port where it was before. */
  port?: number;
}

/** Starts one. It speaks STARTTLS, or with `secure` TLS from the first byte. */
export async function openMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { isForged = false, port: wantedPort = 0, ...others } = options;
  const caFile = await Deno.makeTempFile({ suffix: ".pem" });
  await Deno.writeTextFile(caFile, isForged ? forger : authority);
  const mails: Taken[] = [];
  const unheard = new Set<() => void>();
  const server = new SMTPServer({
    ...{ key, cert: certificate, authMethods: ["PLAIN", "LOGIN"], disableReverseLookup: true },
    onConnect: (_session, done) => {
      self.connections++;
      done();
    },
    onAuth: ({ username, password }, _session, done) =>
      username === user && password === secret
        ? done(null, { user })
        : done(Object.assign(new Error("5.7.8 who are you?"), { responseCode: 535 })),
    onRcptTo: (_address, _session, done) => {
      const { mood } = self;
      if (mood && "isSilent" in mood) return void unheard.add(() => done(new Error("too late")));
      done(mood?.refuses === "recipient" ? refusal(mood) : null);
    },
    onData: async (stream, session, done) => {
      const raw = await new Response(ReadableStream.from(stream)).text();
      const { mood } = self;
      if (mood && "refuses" in mood && mood.refuses === "content") return done(refusal(mood));
      const { mailFrom, rcptTo } = session.envelope;
      mails.push({
        ...await PostalMime.parse(raw),
        ...{ raw, envelopeTo: rcptTo.map(({ address }) => address) },
        envelopeFrom: mailFrom ? mailFrom.address : "",
      });
      done();
    },
    ...others,
  });
  // Clients that break off, or don't trust it, are what is tested.
  server.on("error", () => {});
  await new Promise<void>((listening) => server.listen(wantedPort, "127.0.0.1", listening));
  const port = (server.server.address() as { port: number }).port;
  const self: MailServer = {
    ...{ port, mails, connections: 0 },
    settings: {
      SMTP_URL: `${others.secure ? "smtps" : "smtp"}://${
        encodeURIComponent(user)
      }:${secret}@localhost:${port}`,
      SMTP_CA_FILE: caFile,
      MAIL_FROM: "Riff <mail@riff.test>",
    },
    latestTo: (address) => {
      const found = mails.findLast(({ envelopeTo }) => envelopeTo.includes(address));
      if (!found) {
        throw new Error(`Nothing came to ${address}, but to ${mails.map((mail) => mail.envelopeTo)}`);
      }
      return found;
    },
    [Symbol.asyncDispose]: async () => {
      for (const answer of unheard) answer();
      await new Promise<void>((closed) => server.close(closed));
      await Deno.remove(caFile);
    },
  };
  return self;
}

const user = "riff@riff.test";
const secret = "kettle";

function refusal({ code, text }: { code: number; text: string }): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

/** The path of the link in a mail that begins with `start`. */
export function linkIn({ text = "" }: Pick<Email, "text">, start: string): string {
  const [link] = text.match(/https?:\/\/\S+/g)?.filter((one) => new URL(one).pathname.startsWith(start)) ??
    [];
  if (!link) throw new Error(`There is no link to ${start} in: ${text}`);
  return new URL(link).pathname;
}

/** For `localhost` and these tests alone; good from 2020 to 2120. */
export const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQghBIPyWISI6hV7Mt4
BI5zFXGbvxqnp9vpvsniMJPCnxGhRANCAARFwNgqt86J7gaYEjp43/zlXRb7IuUN
BW6b8fFryo1u43zUejkX8YxGZ4y+roLo8zG8T1LqPyYVD4mC6rSuD8qU
-----END PRIVATE KEY-----`;

export const certificate = `-----BEGIN CERTIFICATE-----
MIIBkzCCATmgAwIBAgICEAEwCgYIKoZIzj0EAwIwFTETMBEGA1UEAwwKcmlmZiB0
ZXN0czAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowFDESMBAGA1UE
AwwJbG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAERcDYKrfOie4G
mBI6eN/85V0W+yLlDQVum/Hxa8qNbuN81Ho5F/GMRmeMvq6C6PMxvE9S6j8mFQ+J
guq0rg/KlKN4MHYwFAYDVR0RBA0wC4IJbG9jYWxob3N0MAkGA1UdEwQCMAAwEwYD
VR0lBAwwCgYIKwYBBQUHAwEwHQYDVR0OBBYEFDA9W4Quog2AjQb4LHpNZ9BrMsWV
MB8GA1UdIwQYMBaAFF/mQTwgWafpFP4791M78o9dobMNMAoGCCqGSM49BAMCA0gA
MEUCIEzWDLEVOPOOFEb5OmnxSclFP5ArtAsF5QMu5KhBo3nAAiEAiEKX1Rrquuag
5wzfvP4PjsUOJKnwyRCzbYMGvl2hgHE=
-----END CERTIFICATE-----`;

/** Who signed it. */
const authority = `-----BEGIN CERTIFICATE-----
MIIBTjCB9KADAgECAgIQADAKBggqhkjOPQQDAjAVMRMwEQYDVQQDDApyaWZmIHRl
c3RzMCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAVMRMwEQYDVQQD
DApyaWZmIHRlc3RzMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEBBGkmd2zCYyN
LfqCP2LYZTV64YX5QpdS1cy7hegB2y8U6UHV+Y84i7+sE9Z0t7Uy4NqbFeuT68+s
TKgWJILUDqMyMDAwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUX+ZBPCBZp+kU
/jv3Uzvyj12hsw0wCgYIKoZIzj0EAwIDSQAwRgIhAJpjdwtY9TfgK+DMwfH6IYc0
0yrRtPRO17nzsJwetVTtAiEAr+sEVvqXRl6COqjKiToOGaWQeV/WBAv9cPaocIGy
13E=
-----END CERTIFICATE-----`;

/** Who did not. */
const forger = `-----BEGIN CERTIFICATE-----
MIIBUjCB+qADAgECAgIQAjAKBggqhkjOPQQDAjAYMRYwFAYDVQQDDA1zb21lYm9k
eSBlbHNlMCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAYMRYwFAYD
VQQDDA1zb21lYm9keSBlbHNlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEl53D
tqKsSoz+goQLVADfkdV1bVIDUpIXzv8uNsr3qHskEGGw9iY2UFBF917wsXH8COJs
2OH7xNN2F984vYp9z6MyMDAwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQU+0RE
TPPA1wwxqERBcTZQPeDsjoowCgYIKoZIzj0EAwIDRwAwRAIgH58bV6pUD1YURV6E
mLihVX8L5MNYizTH2w5kQOzwRpECIDLxI8yi6A51iCyGHJhgDPMST2IbUiTUvDsn
eEIjBgUt
-----END CERTIFICATE-----`;
