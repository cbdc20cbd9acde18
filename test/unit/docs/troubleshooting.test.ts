import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parsePreview } from "../../../cli/report/input/preview";
import {
  enforcementNotices,
  policyViolation,
  possibleViolation,
} from "../../../provider/activation/guards/enforcement";
import { DeletedProject, otherOrganization } from "../../../provider/activation/storedOrganization";
import { validateActivation } from "../../../provider/activation/validateActivation";
import { ApiError } from "../../../provider/api/errors/apiError";
import { remedyFor } from "../../../provider/api/errors/remedies";
import type { Scope } from "../../../provider/api/scope";
import { explainInUse } from "../../../provider/certificate/explainInUse";
import { outcomesOf } from "../../../provider/clients/outcome";
import { lockoutError, reviewClients } from "../../../provider/clients/review";
import type { ActiveSet } from "../../../provider/clients/standing";
import { renderUnknownSet } from "../../../provider/planSummary/render";
import { checkInputs } from "../../../provider/resource/activationInputs";
import { formatFailures } from "../../../provider/resource/arguments";
import { checkCertificate } from "../../../provider/resource/certificateInputs";
import { misspelledSettings } from "../../../provider/settings/misspelledSettings";
import { unsupportedNode } from "../../../provider/shared/nodeVersion";
import { requireDirectDependency } from "../../../sdk/requireDirectDependency";
import { generatedPart, replaceGenerated } from "../../../tools/support/generatedPart";
import { issueCa, issueClient } from "../../emulator/certificates/issue";
import { FAILURES } from "../../support/failures";
import { NAMES } from "../../support/names";
import { clientOf } from "../clients/given";
import { active, verdicts } from "../clients/verdicts";
import { refusal, resolve as resolveSettings } from "../settings/resolved";
import type { Given } from "../settings/resolved";
import { requestsPart } from "./troubleshootingRequests";

const PAGE = resolve(__dirname, "../../../docs/troubleshooting.md");
const page = (): string => readFileSync(PAGE, "utf8");

/** The messages that the page shows. Variable parts are an ellipsis. */
function shown(): readonly string[] {
  return [...page().matchAll(/```text\n([^]*?)\n```/g)]
    .flatMap(([, block = ""]) => block.split("\n"))
    .map((line) => line.replace(/^warning: /, ""));
}

function patternOf(line: string): RegExp {
  const parts = line.split("…").map((part) => part.replaceAll(/[$()*+.?[\]^{|}]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^]*")}$`);
}

/** Whether somebody finds a message by searching the page. */
function isFound(message: string): boolean {
  return shown().some((line) => patternOf(line).test(message));
}

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error("nothing was refused");
}

/** What people see whose settings cannot be used. */
async function settingMessages(): Promise<readonly string[]> {
  const client = await issueClient(await issueCa());
  const expired = await issueClient(await issueCa(), { expires: new Date(Date.now() - 1_000) });
  const pair = { clientCertificate: client.pem, clientKey: client.keyPem };
  const body = client.keyPem.split("\n").slice(1, -2).join("");
  const refused: readonly Given[] = [
    { adminKey: "" },
    { adminKey: "with space" },
    { baseUrl: "no URL" },
    { baseUrl: "http://api.openai.com" },
    { baseUrl: "https://api.openai.com?a" },
    { timeoutSeconds: "soon" },
    { verifyInPreview: "yes" },
    { caBundle: "missing.pem" },
    { caBundle: "/missing.pem" },
    { caBundle: client.keyPem },
    { clientKey: client.keyPem },
    { ...pair, clientKey: body },
    { ...pair, clientKey: "a\nb" },
    { ...pair, clientKey: client.keyPem.replace(/-----END.*/, "") },
    { ...pair, clientKey: client.keyPem.replace("M", "*") },
    { ...pair, clientKey: "-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----" },
    { ...pair, clientKey: "-----BEGIN OPENSSH PRIVATE KEY-----\nMIGH\n-----END OPENSSH PRIVATE KEY-----" },
    {
      ...pair,
      clientKey: "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGH\n-----END ENCRYPTED PRIVATE KEY-----",
    },
    {
      ...pair,
      clientKey: "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGH\n-----END ENCRYPTED PRIVATE KEY-----",
      clientKeyPassphrase: "wrong",
    },
    { ...pair, clientKey: client.keyPem + client.keyPem },
    { ...pair, clientKey: client.pem },
    { ...pair, clientKey: expired.keyPem },
    { ...pair, clientCertificate: client.pem.replace(/^MII/m, "AAA") },
    { clientCertificate: expired.pem, clientKey: expired.keyPem },
  ];
  return refused.map((given) => refusal(() => resolveSettings(given)));
}

/** What people see whose arguments cannot be used. */
function argumentMessages(): readonly string[] {
  const refused = [
    { certificateIds: [], exclusiv: true },
    { certificateIds: [], region: "eu" },
    {},
    { certificateIds: [], exclusive: "yes" },
    { certificateIds: ["cert a"] },
  ].map((given) => formatFailures(checkInputs("organization", given).failures ?? []));
  const now = Date.now() / 1000;
  const listed = [-1, 3_600].map((seconds) => ({
    ...{ id: `cert_${seconds}`, name: null, active: false },
    certificateDetails: { expiresAt: now + seconds },
  }));
  const ids = new Set([...listed.map(({ id }) => id), "cert_absent"]);
  const invalid = validateActivation(ids, listed, now).map(({ id, reason }) => `${id} ${reason}`);
  return [...refused, ...invalid];
}

/** What people see whose update would lock out a known client. */
async function clientMessages(): Promise<readonly string[]> {
  const client = await issueClient(await issueCa(), { name: "batch" });
  const known = verdicts({ batch: { cert_a: true, cert_b: false } });
  const messagesOf = (before: ActiveSet, after: ActiveSet): readonly string[] => {
    const { failures, warnings } = reviewClients({
      outcomes: outcomesOf(["batch"], { before, after }, known),
      clients: [clientOf(client)],
      ...{
        candidates: [],
        policy: "refuse",
        needsProof: false,
        expiryWarningDays: 0,
        now: Date.now() / 1000,
      },
    });
    return [...failures, ...warnings];
  };
  const { failures = [] } = checkInputs("organization", {
    certificateIds: [],
    clients: { batch: client.keyPem },
  });
  return [
    ...lockoutError([]).split("\n").slice(0, 1),
    ...messagesOf(active(["cert_a", "cert_b"]), active(["cert_b"])),
    ...messagesOf(active([]), active(["cert_b"])),
    ...messagesOf(active(["cert_a", "cert_b"]), active(["cert_b", "cert_unread"])),
    ...messagesOf(active(["cert_b"]), active(["cert_b"])),
    ...failures.map(({ reason }) => reason),
  ];
}

/** What people see whose uploads cannot be used. */
async function uploadMessages(): Promise<readonly string[]> {
  const [ca, client] = [await issueCa(), await issueClient(await issueCa())];
  const expired = await issueCa({ expires: new Date(Date.now() - 1_000) });
  const texts = ["ca.pem", "", ca.pem + ca.pem, client.keyPem, client.pem, expired.pem];
  return [
    ...texts.map((certificate) =>
      formatFailures(checkCertificate({}, { certificate }, Date.now() / 1000).failures ?? []),
    ),
    explainInUse("cert_a", undefined),
  ];
}

/** What people see whose updates are rejected, or not known. */
function rejectionMessages(): readonly string[] {
  const scope: Scope = { kind: "project", projectId: "proj_a" };
  const notFound = new ApiError({
    ...{ kind: "refused", reason: "HTTP 404", mayHaveActed: false },
    request: { method: "GET", path: "/" },
  });
  return [
    policyViolation("turns on", "refuse", scope) ?? "",
    ...(["turns on", "turns off"] as const).map((change) => possibleViolation(change, "refuse") ?? ""),
    ...(["not configured", "ignored by the host"] as const).flatMap((access) =>
      enforcementNotices("turns on", scope, access, NAMES).slice(1),
    ),
    otherOrganization(new Set(["cert_a"]), "the organization").message,
    new DeletedProject(scope, notFound).message,
    renderUnknownSet(scope, ["cert_a"]),
  ];
}

/** What people see whose programs or commands cannot run. */
function programMessages(): readonly string[] {
  const program = "/a/node_modules/@pulumi/pulumi/cmd/run/index.js";
  return [
    messageOf(() => {
      requireDirectDependency(program, "/nowhere");
    }),
    messageOf(() => parsePreview("")),
    messageOf(() => parsePreview("no JSON")),
    messageOf(() => parsePreview('{"sequence":0,"timestamp":1}\n')),
    unsupportedNode("20.0.0") ?? "",
    ...misspelledSettings("acme", ["acme:organisation"]),
  ];
}

test("the part about requests is the table of remedies", () => {
  if (process.env["UPDATE_GOLDEN"] !== undefined)
    writeFileSync(PAGE, replaceGenerated(page(), "requests", requestsPart()));

  expect(generatedPart(page(), "requests")).toBe(requestsPart());
});

describe("the page has what is on the screen for", () => {
  test.each(FAILURES)("$cause", ({ failures, baseUrl = "https://api.openai.com/v1" }) => {
    for (const failure of failures) {
      expect(isFound(remedyFor(failure, { baseUrl, names: NAMES }) ?? "")).toBe(true);
      const onScreen = failure.networkCode ?? failure.code ?? `HTTP ${failure.status ?? ""}`;
      expect(page()).toContain(onScreen);
    }
  });

  test("each setting that cannot be used", async () => {
    const messages = await settingMessages();
    expect(new Set(messages).size).toBe(messages.length);
    expect(messages.filter((message) => !isFound(message))).toEqual([]);
  });

  test("each argument that cannot be used", () => {
    expect(argumentMessages().filter((message) => !isFound(message))).toEqual([]);
  });

  test("clients that would be locked out", async () => {
    const messages = await clientMessages();
    expect(messages).toHaveLength(6);
    expect(messages.filter((message) => !isFound(message))).toEqual([]);
  });

  test("each upload that cannot be used", async () => {
    expect((await uploadMessages()).filter((message) => !isFound(message))).toEqual([]);
  });

  test("each change that is rejected or not known", () => {
    expect(rejectionMessages().filter((message) => !isFound(message))).toEqual([]);
  });

  test("programs, the command and misspelled settings", () => {
    expect(programMessages().filter((message) => !isFound(message))).toEqual([]);
  });
});

/** Messages of the engine, of Linux and of Node.js, and those that tests of their own produce. */
const OTHERS =
  /lock the provider out|requires a preview|no certificate of the organization|certificates have|exactly one of|getCertificates?: |^…$|binary format|an old cipher|argument list too long|Cannot find module '|request not sent: |next attempt in|not as documented|not JSON, or was cut|a redirect|cannot be used for TLS|not known yet|certificateIds not verified|activated outside|where Pulumi starts the provider process of an inline program/;

test("the page has no message that does not exist", async () => {
  const produced = [
    ...(await settingMessages()),
    ...argumentMessages(),
    ...(await clientMessages()),
    ...programMessages(),
    ...(await uploadMessages()),
    ...rejectionMessages(),
  ];
  const generated = requestsPart();
  const unknown = shown().filter(
    (line) =>
      !OTHERS.test(line) &&
      !generated.includes(line) &&
      !produced.some((message) => patternOf(line).test(message)),
  );
  expect(unknown).toEqual([]);
});

test("a message that the page does not have is not found", () => {
  for (const message of ["", "something else", "HTTP 418", "a text; with: marks. Set it."])
    expect(isFound(message)).toBe(false);
});
