import type { MailConfig } from "../base/config.ts";
import type { Ctx } from "../base/ctx.ts";
import { folderWay } from "./folder_way.ts";
import type { Message } from "./message.tsx";
import { smtpWay } from "./smtp_way.ts";

/** How mails leave: by the provider's server, or as files. */
export interface Way {
  /** In one word or two, for people. */
  name: string;
  /** Returns once somebody else answers for it, with what they said. Throws `NotTaken` where nobody does. */
  send(message: Message): Promise<string>;
  /** Whether it would let us in, without a mail. Throws `NotTaken` where it would not. */
  check?(): Promise<void>;
}

export interface WayOptions {
  mail: MailConfig;
  dataDir: string;
  allowLoopback: readonly string[];
  /** Tells whoever watches the console. */
  say: (line: string) => void;
  /** Milliseconds that the mail server may be silent. */
  patience?: number;
}

/** The way that the settings say; `say` tells whoever watches the console. `patience`: see `WayOptions`. */
export function wayOf({ config }: Ctx, say: (line: string) => void, patience?: number): Way {
  const { mail, dataDir, allowLoopback } = config;
  return wayOut({ mail, dataDir, allowLoopback, say, patience });
}

/** The same from the settings alone. */
export function wayOut(options: WayOptions): Way {
  const { smtpUrl } = options.mail;
  return smtpUrl === undefined
    ? folderWay(`${options.dataDir}/mail`, options.say)
    : smtpWay(new URL(smtpUrl), options);
}
