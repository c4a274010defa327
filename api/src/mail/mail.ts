/**
 * Every mail that we send, and what it is about. A mail carries ids, as events do: what it says is written when it
 * goes, from the state of that moment. So no link lies in the database, and nobody reads what is over already.
 */
export type Mails = {
  /** Whether the address that somebody signed up with is theirs. */
  confirm: Nothing;
  /** Whoever lives at this address, if anybody, has forgotten their password. */
  passwordReset: Nothing;
  /** Whether the address that is to be somebody's new one is theirs. */
  confirmNewAddress: Nothing;
  /** To the present address: another one is to take its place. */
  newAddressAsked: { email: string };
  /** To the one before: it has. */
  addressChanged: { email: string };
  passwordChanged: { at: string };
  /** A browser that we have not seen them use. */
  newSignIn: { sessionId: string };
  /** To those who let people in: somebody waits. */
  approvalAsked: { applicantId: string };
  approved: Nothing;
  /** To whoever made a report: it has been dealt with. */
  reportResolved: { reportId: string };
  /** To whoever was warned by the moderators, or shut out. */
  warned: { warningId: string };
  digest: Nothing;
};

type Nothing = Record<never, never>;

export type Kind = keyof Mails;

/** What somebody waits for before the screen goes first, and what nobody waits for last. */
export const lanes = ["urgent", "notices", "digests"] as const;
export type Lane = typeof lanes[number];

export const laneOf: Record<Kind, Lane> = {
  confirm: "urgent",
  passwordReset: "urgent",
  confirmNewAddress: "urgent",
  newAddressAsked: "notices",
  addressChanged: "notices",
  passwordChanged: "notices",
  newSignIn: "notices",
  approvalAsked: "notices",
  approved: "notices",
  reportResolved: "notices",
  warned: "notices",
  digest: "digests",
};

/** Of the day's limit each lane may use so much, so that in the evening somebody can still reset their password. */
const shares: Record<Lane, number> = { urgent: 1, notices: 0.9, digests: 0.5 };

/** How many mails may have left on a day before those of each lane have to wait, in the order of `lanes`. */
export function limitsOf(dailyLimit: number): number[] {
  return lanes.map((lane) => Math.ceil(dailyLimit * shares[lane]));
}

/** A mail on its way. */
export interface Mail<K extends Kind = Kind> {
  id: string;
  kind: K;
  accountId: string | null;
  recipient: string;
  about: Mails[K];
  lane: number;
  attempts: number;
  createdAt: Temporal.Instant;
}
