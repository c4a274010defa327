/** Says in one line what hindered us, and how to mend it: for whoever starts riff or runs a command. */
export function explain(error: unknown): string {
  const { code, message } = whatFailed(error);
  const mend = code && mends[code];
  return mend ? `${mend} (${message})` : message;
}

const noAnswer = "The database does not answer: check that it runs and that DATABASE_URL says where";
const wrongPassword = "The database lets us in no further: check user and password in DATABASE_URL";
const unknownAuthority =
  "The database's certificate is of an authority that we do not know: set DATABASE_CA_FILE to its certificate";

/** What to do about it, by the error codes of PostgreSQL, of Node's sockets and of OpenSSL. */
const mends: Record<string, string> = {
  ECONNREFUSED: noAnswer,
  ECONNRESET: noAnswer,
  EHOSTUNREACH: noAnswer,
  ENETUNREACH: noAnswer,
  ENOTFOUND: noAnswer,
  EAI_AGAIN: noAnswer,
  ETIMEDOUT: noAnswer,
  "28P01": wrongPassword,
  "28000": wrongPassword,
  "3D000": "There is no such database: make it, or mend DATABASE_URL",
  "53300": "The database has no connection left for us: lower DB_POOL_SIZE, or stop who else uses it",
  "57P03": "The database is just starting or stopping: try again in a moment",
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
};

/** Where several addresses were tried, the last says as much as all of them. */
function whatFailed(error: unknown): { code?: string; message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return whatFailed(error.errors.at(-1));
  if (!(error instanceof Error)) return { message: String(error) };
  return { code: (error as { code?: string }).code, message: error.message };
}
