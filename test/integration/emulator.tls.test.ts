import { Agent, get } from "node:https";
import { text } from "node:stream/consumers";
import { CHAIN_CASES } from "../emulator/certificates/chainCases";
import { issueCa, issueClient, issueIntermediate, issueServer } from "../emulator/certificates/issue";
import type { Authority, IssuedCertificate } from "../emulator/certificates/issue";
import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { send } from "../emulator/send";

const ORGANIZATION = "/organization/certificates";
const PROJECT = "/organization/projects/proj_a/certificates";
const DAY_MS = 24 * 60 * 60 * 1000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

let server: Awaited<ReturnType<typeof issueServer>>;
let ca: Authority;
let other: Authority;
let client: IssuedCertificate;
let emulator: Emulator;

beforeAll(async () => {
  server = await issueServer();
  ca = await issueCa({ name: "ca" });
  other = await issueCa({ name: "other" });
  client = await issueClient(ca, { name: "gateway" });
});

beforeEach(async () => {
  const tls = { certificate: server.pem, key: server.keyPem };
  emulator = await startEmulator({ tls, projects: ["proj_a", "proj_b"] });
  emulator.seed([
    { id: "cert_ca", pem: ca.pem },
    { id: "cert_other", pem: other.pem },
  ]);
});

afterEach(() => emulator.close());

async function outcome(
  presented?: IssuedCertificate,
  path = "/models",
  headers: Record<string, string> = {},
) {
  const tls = {
    ca: server.authorityPem,
    ...(presented && { cert: presented.chainPem, key: presented.keyPem }),
  };
  const { status, body } = await send(emulator, "GET", path, { tls, headers });
  return status === 200 ? "accepted" : (body as { error: { code: string } }).error.code;
}

test("without active certificates, nothing is checked", async () => {
  expect(await outcome()).toBe("accepted");
  expect(await outcome(await issueClient(other))).toBe("accepted");
});

describe("with a certificate that is active for the organization", () => {
  beforeEach(() => {
    emulator.setActive("cert_ca", true);
  });

  test("its client certificates are accepted, and written to the log", async () => {
    expect(await outcome(client)).toBe("accepted");
    expect(emulator.log).toMatchObject([{ endpoint: "models", clientCertificate: "CN=gateway" }]);
  });

  test("a client certificate is required, also for management", async () => {
    expect(await outcome()).toBe("certificate_required");
    expect(await outcome(undefined, ORGANIZATION)).toBe("certificate_required");
    expect(emulator.log).toMatchObject([
      { status: 401, executed: false },
      { status: 401, executed: false },
    ]);
  });

  test("a wrong key is rejected first", async () => {
    const { body } = await send(emulator, "GET", "/models", {
      key: "sk-wrong",
      tls: { ca: server.authorityPem },
    });
    expect(body).toMatchObject({ error: { code: "invalid_api_key" } });
  });

  test("a client certificate of another authority is not accepted", async () => {
    expect(await outcome(await issueClient(other))).toBe("certificate_verification_failed");
  });

  test("a client certificate of an authority with the same name but another key is not accepted", async () => {
    const namesake = await issueCa({ name: "ca" });
    expect(await outcome(await issueClient(namesake))).toBe("certificate_verification_failed");
  });

  test("an expired or not yet valid client certificate is invalid", async () => {
    const expired = await issueClient(ca, { validFrom: inDays(-2), expires: inDays(-1) });
    const early = await issueClient(ca, { validFrom: inDays(1) });
    expect(await outcome(expired)).toBe("invalid_certificate");
    expect(await outcome(early)).toBe("invalid_certificate");
  });

  test("a certificate for servers is invalid", async () => {
    expect(await outcome(server)).toBe("invalid_certificate");
  });

  test("projects inherit it", async () => {
    expect(await outcome(undefined, PROJECT)).toBe("certificate_required");
    expect(await outcome(client, PROJECT)).toBe("accepted");
  });

  test("a client certificate of either of two active certificates is accepted", async () => {
    emulator.setActive("cert_other", true);
    expect(await outcome(client)).toBe("accepted");
    expect(await outcome(await issueClient(other))).toBe("accepted");
  });

  test("deactivating it ends enforcement", async () => {
    emulator.setActive("cert_ca", false);
    expect(await outcome()).toBe("accepted");
  });
});

describe("intermediates", () => {
  beforeEach(() => {
    emulator.setActive("cert_ca", true);
  });

  test("that the client presents are used for the path", async () => {
    const upper = await issueIntermediate(ca, { name: "upper" });
    const lower = await issueIntermediate(upper, { name: "lower" });
    expect(await outcome(await issueClient(lower))).toBe("accepted");
  });

  test("may be in any order", async () => {
    const upper = await issueIntermediate(ca, { name: "upper" });
    const lower = await issueIntermediate(upper, { name: "lower" });
    const leaf = await issueClient(lower);
    const chainPem = leaf.pem + upper.pem + lower.pem;
    expect(await outcome({ ...leaf, chainPem })).toBe("accepted");
  });

  test("that are not presented are not used", async () => {
    const leaf = await issueClient(await issueIntermediate(ca));
    expect(await outcome({ ...leaf, chainPem: leaf.pem })).toBe("certificate_verification_failed");
  });

  test("that are expired are not used", async () => {
    const expired = await issueIntermediate(ca, { validFrom: inDays(-2), expires: inDays(-1) });
    expect(await outcome(await issueClient(expired))).toBe("certificate_verification_failed");
  });

  test("that are not authorities are not used", async () => {
    const keys = (await issueCa()).keys;
    const leaf = await issueClient(ca, { name: "leaf" });
    const forged = await issueClient({ ...leaf, keys, keyKind: "P-256", isSelfSigned: false });
    expect(await outcome(forged)).toBe("certificate_verification_failed");
  });

  test("can themselves be the active certificate", async () => {
    const intermediate = await issueIntermediate(other);
    emulator.seed([{ id: "cert_between", pem: intermediate.pem, active: true }]);
    expect(await outcome(await issueClient(intermediate))).toBe("accepted");
  });

  test("are still known on a second connection of the same client", async () => {
    const leaf = await issueClient(await issueIntermediate(ca));
    // An agent resumes TLS sessions, and a resumed session carries no intermediates.
    const agent = new Agent({ ca: server.authorityPem, cert: leaf.chainPem, key: leaf.keyPem });
    const headers = { authorization: `Bearer ${emulator.adminKey}` };
    const status = () =>
      new Promise<number | undefined>((resolve, reject) => {
        get(`${emulator.url}/models`, { agent, headers }, (response) => {
          text(response)
            .then(() => {
              resolve(response.statusCode);
            })
            .catch(reject);
        }).on("error", reject);
      });
    expect(await status()).toBe(200);
    expect(await status()).toBe(200);
    agent.destroy();
  });
});

describe("the emulator verifies client certificates", () => {
  test.each(CHAIN_CASES)("$name: accepted is $accepted", async ({ accepted, issue }) => {
    const issued = await issue();
    emulator.seed([{ id: "cert_case", pem: issued.anchor.pem, active: true }]);
    expect((await outcome(issued.client)) === "accepted").toBe(accepted);
  });
});

describe("with a certificate that is active for a project", () => {
  beforeEach(() => {
    emulator.setActive("cert_ca", true, "proj_a");
  });

  test("only requests in that project need a client certificate", async () => {
    expect(await outcome(undefined, PROJECT)).toBe("certificate_required");
    expect(await outcome(client, PROJECT)).toBe("accepted");
    expect(await outcome()).toBe("accepted");
  });

  test("workloads name their project in a header", async () => {
    expect(await outcome(undefined, "/models", { "OpenAI-Project": "proj_a" })).toBe("certificate_required");
    expect(await outcome(client, "/models", { "OpenAI-Project": "proj_a" })).toBe("accepted");
    expect(await outcome(undefined, "/models", { "OpenAI-Project": "proj_b" })).toBe("accepted");
    expect(await outcome(undefined, "/models", { "OpenAI-Project": "proj_none" })).toBe("project_not_found");
  });
});

test("an active certificate that has expired accepts no client", async () => {
  const expired = await issueCa({ validFrom: inDays(-3), expires: inDays(-1) });
  emulator.seed([{ id: "cert_expired", pem: expired.pem, active: true }]);
  expect(await outcome(await issueClient(expired))).toBe("certificate_verification_failed");
});

test("a caller that activates the first certificate without presenting one locks itself out", async () => {
  const tls = { ca: server.authorityPem };
  const activate = (verb: string) =>
    send(emulator, "POST", `${ORGANIZATION}/${verb}`, { tls, body: { certificate_ids: ["cert_ca"] } });
  expect((await activate("activate")).status).toBe(200);
  expect((await activate("deactivate")).status).toBe(401);
  expect(emulator.activeIds()).toEqual(["cert_ca"]);
});

test("faults of the connection work under TLS as well", async () => {
  emulator.faults.add({ endpoint: "models", kind: "reset-after" });
  await expect(outcome()).rejects.toMatchObject({ code: "ECONNRESET" });
});

test("the lockout can be emulated on plain HTTP", async () => {
  const plain = await startEmulator({ enforceWithoutTls: true });
  plain.seed([{ id: "cert_a" }]);
  expect((await send(plain, "GET", ORGANIZATION)).status).toBe(200);
  plain.setActive("cert_a", true);
  const { status, body } = await send(plain, "GET", ORGANIZATION);
  expect(status).toBe(401);
  expect(body).toMatchObject({ error: { code: "certificate_required" } });
  await plain.close();
});
