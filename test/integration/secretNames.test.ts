import { adoptionProgram } from "../../cli/adopt/adoptionProgram";
import { ORGANIZATION } from "../../provider/api/scope";
import { certificate, organization } from "../../provider/index";
import { findCertificate, findCertificates } from "../../provider/lookup/lookup";
import { issueCa } from "../emulator/certificates/issue";
import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { captureLog } from "../support/capturedLog";
import type { CapturedLog } from "../support/capturedLog";
import { SecretScanner } from "../support/secretScanner";

/** A key that was entered in the dashboard as the name of a certificate. */
const KEY = `sk-proj-${"a1B2-c3D4_e5F6g7H8".repeat(6)}`;

let emulator: Emulator;
let log: CapturedLog;
let scanner: SecretScanner;

beforeEach(async () => {
  scanner = new SecretScanner([KEY, KEY.slice(0, 20), encodeURIComponent(KEY)]);
  log = captureLog((line) => {
    scanner.scan("printed output", line);
  });
  emulator = await startEmulator();
  const settings: Record<string, string> = {
    "openai-certificates:baseUrl": emulator.url,
    "openai-certificates:adminKey": emulator.adminKey,
    "openai-certificates:retryTimeoutSeconds": "0",
  };
  await organization.configure({ config: { get: (key: string) => settings[key] } as never });
});

afterEach(async () => {
  log.restore();
  await emulator.close();
});

/** The result or the error of an operation, which is searched for secrets. */
async function outcomeOf(operation: Promise<unknown>): Promise<unknown> {
  const outcome: unknown = await operation.catch((error: unknown) => error);
  scanner.scan("a result", outcome);
  return outcome;
}

test("a key in the name of a certificate is redacted in previews, state, errors and look-ups", async () => {
  const expiresAt = Math.floor(Date.now() / 1000) + 5 * 86_400;
  emulator.seed([
    { id: "cert_a", name: `Gateway ${KEY}`, expiresAt },
    { id: "cert_b", name: `Gateway ${KEY}`, expiresAt, active: true },
  ]);
  const news = { certificateIds: ["cert_a"], exclusive: true };
  const { inputs } = (await outcomeOf(organization.check({}, news))) as { inputs: Record<string, unknown> };
  const { id, outs } = (await outcomeOf(organization.create(inputs))) as {
    id: string;
    outs: Record<string, unknown>;
  };
  expect(outs["certificates"]).toMatchObject({ cert_a: { name: "Gateway [redacted]" } });
  await outcomeOf(organization.read(id, outs));
  const listed = await findCertificates({});
  await outcomeOf(Promise.resolve(listed));
  expect(adoptionProgram([{ scope: ORGANIZATION, certificates: listed }])).toContain("Gateway [redacted]");
  expect(await outcomeOf(findCertificate({ name: `Gateway ${KEY}` }))).toBeInstanceOf(Error);
  expect(scanner.bytes).toBeGreaterThan(500);
  expect(scanner.found).toEqual([]);
});

test("a key in the name of an uploaded certificate is redacted in state and errors", async () => {
  const { pem } = await issueCa({ name: "operations" });
  emulator.seed([{ id: "cert_a", name: KEY, pem, active: true }]);
  const read = (await outcomeOf(certificate.read("cert_a", { certificate: pem }))) as {
    props: Record<string, unknown>;
  };
  expect(read.props["name"]).toBe("[redacted]");
  expect(await outcomeOf(certificate.delete("cert_a", read.props))).toMatchObject({
    message: expect.stringContaining('cert_a "[redacted]" is still active') as string,
  });
  expect(scanner.found).toEqual([]);
});
