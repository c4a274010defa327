import { isLoopback, isNamed } from "../base/addresses.ts";
import type { Message } from "./message.tsx";
import { NotTaken } from "./not_taken.ts";
import type { Way, WayOptions } from "./way.ts";

/**
 * Milliseconds that the mail server may be silent (RFC 5321, 4.5.3.2): a slow one holds up mails, and nothing else.
 * Whoever hangs up while it is still looking at a mail sends that mail twice.
 */
const usualPatience = 5 * 60_000;
/** The same for its first words. */
const greetingPatience = 30_000;

/**
 * By SMTP. With `smtps:` TLS from the first byte, else by STARTTLS; the certificate has to be the host's own.
 * Loopback addresses that `ALLOW_LOOPBACK` names (a catch-all for development) are spoken to in the open.
 */
export function smtpWay(url: URL, options: WayOptions): Way {
  const { smtpCaFile } = options.mail;
  const secure = url.protocol === "smtps:";
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const port = Number(url.port) || (secure ? 465 : 587);
  const isOpen = !secure && (isLoopback(host) || host === "localhost") &&
    isNamed(options.allowLoopback, new URL(`http://${url.hostname}:${port}`));
  const patience = options.patience ?? usualPatience;
  const forGreeting = Math.min(patience, greetingPatience);

  async function transport() {
    const { createTransport } = await import("nodemailer");
    return createTransport({
      ...{ host, port, secure, requireTLS: !secure && !isOpen, ignoreTLS: isOpen },
      auth: url.username === "" ? undefined : {
        user: decodeURIComponent(url.username),
        pass: decodeURIComponent(url.password),
      },
      tls: smtpCaFile ? { ca: await Deno.readTextFile(smtpCaFile) } : undefined,
      ...{ dnsTimeout: forGreeting, connectionTimeout: forGreeting, greetingTimeout: forGreeting },
      socketTimeout: patience,
      // What people write must never name a file or an address to be read.
      ...{ disableFileAccess: true, disableUrlAccess: true },
    });
  }

  return {
    name: `${secure ? "smtps" : "smtp"}://${url.host}`,
    check: async () => {
      const way = await transport();
      try {
        await way.verify();
      } catch (error) {
        throw understood(error, `${host}:${port}`, "");
      } finally {
        way.close();
      }
    },
    send: async (message) => {
      try {
        const { response } = await (await transport()).sendMail(toNodemailer(message));
        return response;
      } catch (error) {
        throw understood(error, `${host}:${port}`, message.to);
      }
    },
  };
}

/** The message as nodemailer takes it. The envelope is said apart, so that no header can name a recipient. */
export function toNodemailer({ from, to, date, link: _link, ...message }: Message) {
  return {
    ...message,
    ...{ from, to: { name: "", address: to } },
    envelope: { from: from.address, to: [to] },
    date: new Date(date.epochMilliseconds),
    textEncoding: "quoted-printable" as const,
  };
}

/** What nodemailer's errors say. */
interface Failure extends Error {
  code?: string;
  command?: string;
  responseCode?: number;
  response?: string;
}

/** A refusal after we were let in is about the mail, but for 421, by which a server takes its leave. */
function understood(error: unknown, server: string, recipient: string): NotTaken {
  const { command, responseCode, response, code, message } = error as Failure;
  const text = (response ?? message ?? String(error)).replaceAll(recipient || "\n", "…").replaceAll(
    /\s+/g,
    " ",
  )
    .slice(0, 300);
  if (responseCode && responseCode !== 421 && (command === "RCPT TO" || command === "DATA")) {
    return new NotTaken(text, { cause: error, reply: { code: responseCode, text } });
  }
  const why = code && reasons[code];
  return new NotTaken(why ? `${server} ${why} (${text})` : `${server}: ${text}`, { cause: error });
}

const reasons: Record<string, string> = {
  EAUTH: "does not take the user and password of SMTP_URL",
  ECONNECTION: "does not answer",
  EDNS: "has a name that nobody knows: check SMTP_URL",
  ENOAUTH: "wants a user and a password: put them into SMTP_URL",
  EPROTOCOL: "does not take our mail just now",
  ESOCKET: "can't be spoken to",
  ETIMEDOUT: "takes too long to answer",
  ETLS: "does not speak TLS, without which nothing is sent",
  EENVELOPE: "does not take mails from MAIL_FROM",
};
