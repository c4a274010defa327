import assert from "node:assert/strict";
import { complaintsAbout } from "./entities.ts";

const poll = {
  id: "117668329591603208",
  expires_at: "2026-03-04T05:06:07.000Z",
  expired: false,
  multiple: false,
  votes_count: 0,
  voters_count: null,
  options: [{ title: "tea", votes_count: null }],
  emojis: [],
};

Deno.test("an answer is held against every field of its entity", () => {
  const cases: [type: string, value: unknown, complaints: string[]][] = [
    ["Poll", poll, []],
    ["Poll", { ...poll, voted: true, own_votes: [0] }, []],
    ["[Poll]", [poll, { ...poll, id: 7 }], ["[Poll][1].id is no id: 7"]],
    ["Poll", { ...poll, id: "01HQ" }, ['Poll.id is no id: "01HQ"']],
    ["Poll", { ...poll, expires_at: "2026-03-04T05:06:07Z" }, [
      'Poll.expires_at is no time: "2026-03-04T05:06:07Z"',
    ]],
    ["Poll", { ...poll, emojis: null }, ["Poll.emojis is no list: null"]],
    ["Poll", { ...poll, options: [{ title: "tea" }] }, ["Poll.options[0].votes_count is missing"]],
    ["Poll", { ...poll, colour: "red" }, ["Poll.colour is unknown"]],
    ["Poll | Rule", poll, []],
    ["StatusSource", [], ["StatusSource is no object: []"]],
    ["{}", {}, []],
    ["{}", { id: "1" }, ["{} is not empty"]],
    ["Filter", { id: "1", title: "", context: ["home", "bath"], expires_at: null, filter_action: "warn" }, [
      'Filter.context[1] is "bath"',
    ]],
    ["ValidationError", {
      error: "No",
      details: { email: [{ error: "ERR_BLANK", description: "can't be blank" }] },
    }, []],
    ["ValidationError", { error: "No", details: { email: [{ error: "ERR_BLANK" }] } }, [
      "ValidationError.details.email.description is missing",
    ]],
  ];
  for (const [type, value, complaints] of cases) assert.deepEqual(complaintsAbout(type, value), complaints);
  assert.throws(() => complaintsAbout("Kettle", {}), /no Kettle/);
});
