import { validateAll } from "../../../../provider/resource/arguments";
import {
  clientsSchema,
  knownClients,
  MAX_NAME_CHARACTERS,
} from "../../../../provider/resource/clients/argument";
import { UNKNOWN } from "../../../../provider/resource/resource";
import { issueCa, issueClient } from "../../../emulator/certificates/issue";
import type { IssuedCertificate } from "../../../emulator/certificates/issue";

let client: IssuedCertificate;
beforeAll(async () => {
  client = await issueClient(await issueCa());
});

const check = (clients: unknown) =>
  validateAll<{ clients: Readonly<Record<string, string>> }>({ clients: clientsSchema }, { clients });

const reasonFor = (clients: unknown): string =>
  (check(clients).failures ?? []).map(({ reason }) => reason).join();

test("clients are stored by name, in one form and one order", () => {
  const checked = check({ "b c": ` ${client.pem}`, a: client.pem.replaceAll("\n", "\r\n") });
  expect(checked.inputs).toEqual({ clients: { a: client.pem, "b c": client.pem } });
  expect(Object.keys(checked.inputs?.clients ?? {})).toEqual(["a", "b c"]);
});

test("what is unknown during a preview stays unknown", () => {
  expect(check(UNKNOWN).inputs).toEqual({ clients: UNKNOWN });
  const { inputs } = check({ known: client.pem, later: UNKNOWN });
  expect(inputs).toEqual({ clients: { known: client.pem, later: UNKNOWN } });
  const { clients, unknown } = knownClients({ known: client.pem, later: UNKNOWN });
  expect(clients.map(({ name }) => name)).toEqual(["known"]);
  expect(unknown).toEqual(["later"]);
});

test.each([
  [null, "is missing; use an object"],
  [[], "is a list; use an object"],
  ["billing.pem", "is of type string; use an object"],
])("%j is not an object", (given, reason) => {
  expect(reasonFor(given)).toContain(reason);
});

describe("a name is", () => {
  test.each([
    ["billing", "none"],
    ["Größe 2027 (EU) – 支払い", "none"],
    ["x".repeat(MAX_NAME_CHARACTERS), "none"],
    ["constructor", "none"],
    ["x".repeat(MAX_NAME_CHARACTERS + 1), "has a name of 65 characters"],
    ["", "has an empty name"],
    [" ", "has an empty name"],
    [" billing", 'has the name "billing" with white space at its ends'],
    ["bil\nling", 'has the name "bil ling" with a control character'],
    ["bil\u202eling", 'has the name "bil ling" with a control character'],
    ["bil\u001b[31mling", 'has the name "bil [31mling" with a control character'],
  ])("%j: %s", (name, reason) => {
    const { failures } = check({ [name]: client.pem });
    if (reason === "none") expect(failures).toBeUndefined();
    else expect(failures?.[0]?.reason).toContain(reason);
  });

  test("never a key", () => {
    const key = `sk-admin-${"aB3dE5gH".repeat(6)}`;
    const reason = reasonFor({ [key]: client.pem });
    expect(reason).toContain("has a name that looks like a key");
    expect(JSON.stringify(check({ [key]: client.pem }))).not.toContain(key);
  });

  test("never __proto__, which a state cannot hold", () => {
    const given = JSON.parse(`{"__proto__": ${JSON.stringify(client.pem)}}`) as unknown;
    expect(reasonFor(given)).toContain('has the reserved name "__proto__"');
  });
});

test("each problem names its client, and repeats no part of a certificate or key", () => {
  const reason = reasonFor({ good: client.pem, batch: "", billing: client.pem + client.keyPem });
  expect(reason).toMatch(/"batch" is empty .*; "billing" contains a private key; /);
  expect(reason).not.toContain("good");
  const [, secret = ""] = client.keyPem.split("\n");
  expect(JSON.stringify(check({ billing: client.keyPem }))).not.toContain(secret);
});
