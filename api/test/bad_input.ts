/** What clients send that are broken, or mean harm: pieces of requests that no route should stumble over. */

/** A body, with what it claims to be. */
export interface BadBody {
  name: string;
  type?: string;
  body: string | Uint8Array<ArrayBuffer>;
}

/** The names that our routes know their parameters by, so that each finds something wrong under its own. */
const fields = [
  ...["status", "spoiler_text", "sensitive", "language", "visibility", "in_reply_to_id", "media_ids", "poll"],
  ...["id", "ids", "limit", "max_id", "min_id", "since_id", "offset", "acct", "q", "type", "types"],
  ...["exclude_types", "account_id", "resolve", "following", "local", "remote", "only_media", "pinned"],
  ...["tagged", "any", "all", "none", "reblogs", "notify", "languages", "notifications", "duration"],
  ...["display_name", "note", "locked", "bot", "discoverable", "fields_attributes", "source", "home"],
  ...["timeline", "choices", "status_ids", "comment", "category", "rule_ids", "forward", "client_name"],
  ...["redirect_uris", "scopes", "website", "client_id", "client_secret", "redirect_uri", "grant_type"],
  ...["code", "code_verifier", "code_challenge", "token", "scope", "state", "response_type", "username"],
  ...["email", "password", "reason", "locale", "agreement", "identifier", "next", "current_password"],
  ...["new_password", "resource", "rel", "back", "lang", "force_login", "decision"],
];

const oddValues: unknown[] = [
  ...[
    null,
    true,
    -1,
    12.5,
    1e300,
    "9223372036854775808",
    "-1",
    "",
    " ",
    "\u0000",
    "a\u0000b",
    "\ud800",
    "💩",
  ],
  ...["x".repeat(6_000), "__proto__", "'; drop table posts; --", "../../etc/passwd", "javascript:alert(1)"],
  ...[[], [[]], [null], [{}], ["a", ["b"]], {}, { a: { b: [] } }, { "0": "a", "1": "b" }, { length: 3 }],
];

const shapes: unknown[] = [
  { status: "x", poll: { options: 5, expires_in: "soon" } },
  { status: "x", poll: { options: [{}, null], expires_in: 1e99 } },
  { status: "x", poll: { options: ["a", "b"], expires_in: -1, multiple: [] } },
  { status: "x", in_reply_to_id: "999999999999999999" },
  { source: { privacy: {}, sensitive: [], language: 5 }, fields_attributes: { "0": "x", "1": { name: {} } } },
  { home: { last_read_id: {} }, notifications: { last_read_id: "x" }, nothing: { last_read_id: "1" } },
  { choices: [-1, 1e9, "x", null] },
];

/** Bodies that can't be understood, or say nonsense about everything. `more` stands in all that are JSON objects. */
export function badBodies(more: Record<string, unknown> = {}): BadBody[] {
  const json = (name: string, value: unknown): BadBody => ({
    name,
    type: "application/json",
    body: JSON.stringify(value),
  });
  const raw = (name: string, type: string, body: BadBody["body"]): BadBody => ({ name, type, body });
  return [
    ...oddValues.map((value) =>
      json(
        `all fields ${JSON.stringify(value).slice(0, 40)}`,
        { ...Object.fromEntries(fields.map((field) => [field, value])), ...more },
      )
    ),
    ...shapes.map((shape) => json(JSON.stringify(shape), { ...shape as object, ...more })),
    ...["[1, 2]", '"text"', "null", "12", "", '{"status":', "{'status': 1}", '{"a": NaN}'].map((body) =>
      raw(`JSON ${body}`, "application/json", body)
    ),
    raw("JSON without end", "application/json", "[".repeat(100_000)),
    raw("deep JSON", "application/json", `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`),
    raw(
      "a prototype",
      "application/json",
      '{"__proto__": {"status": "x"}, "constructor": {"prototype": {"a": 1}}}',
    ),
    raw("bytes that are no text", "application/json", new Uint8Array([0x7b, 0xff, 0xfe, 0x00, 0x7d])),
    raw("another alphabet", "application/json; charset=utf-16", '{"status": "x"}'),
    raw("a picture", "image/png", new Uint8Array([0x89, 0x50, 0x4e, 0x47])),
    raw("XML", "text/xml", "<status>x</status>"),
    { name: "a body of no kind", body: "status" },
    raw(
      "a broken form",
      "application/x-www-form-urlencoded",
      "status=%E0%A4%A&a[b[c]]=1&a=1&a[b]=2&[]=x&=y&%00=1",
    ),
    raw(
      "a form with a prototype",
      "application/x-www-form-urlencoded",
      "__proto__[status]=x&status[__proto__]=y",
    ),
    raw("a form of many", "application/x-www-form-urlencoded", "a[]=1&".repeat(10_000)),
    raw("multipart without a boundary", "multipart/form-data", "--x\r\n\r\n"),
    raw(
      "multipart cut off",
      "multipart/form-data; boundary=x",
      '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1',
    ),
    raw("multipart of nothing", "multipart/form-data; boundary=x", "nothing at all--"),
    raw("two megabytes", "application/json", `{"status": "${"x".repeat(2_000_000)}"}`),
  ];
}

export const badQueries = [
  ...[
    "limit=-1",
    "limit=x",
    "limit=1e9",
    "limit[a]=1",
    "limit[]=1",
    "offset=-1",
    "offset=99999999999999999999",
  ],
  ...["max_id=x", "max_id=-1", "max_id[]=1", "max_id=9223372036854775808", "since_id={}", "min_id=%00"],
  ...[
    "q=%00",
    "q=%25_",
    "q=%E0%A4%A",
    "acct=%00",
    "acct=@@",
    "id[]=x&id[a]=1",
    "id=%F0%9F%92%A9",
    "a=1&a[b]=2",
  ],
  ...[
    "__proto__[x]=1",
    "types[]=&types[a]=1",
    "resource=acct:",
    "resource=%00",
    "lang=%00",
    "access_token=x",
  ],
  ...["page=x", "page=-1", "tagged=%00", "any[]=%00", "local=maybe", "redirect_uri=javascript:alert(1)"],
  `q=${"x".repeat(5_000)}`,
];

/** As they stand in a path. */
export const badIds = [
  ...[
    "0",
    "1",
    "9223372036854775807",
    "9223372036854775808",
    "9".repeat(100),
    "9".repeat(5_000),
    "-1",
    "1.5",
  ],
  ...["1e3", "0x1", "abc", "%00", "1%00", "..%2F..", "%2e%2e", "%F0%9F%92%A9", "%22%3E%3Cscript%3E", "null"],
  ...["undefined", "__proto__", "%E0%A4%A", "%20", "@alice", "١"],
].map((id) => id.replaceAll(/[^\x21-\x7e]/g, encodeURIComponent));
