import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { issueCa, issueClient, issueServer } from "../emulator/certificates/issue";
import type { Authority, IssuedCertificate } from "../emulator/certificates/issue";
import type { Emulator, LoggedCall } from "../emulator/index";
import { send } from "../emulator/send";
import { REPOSITORY } from "../engine/packages";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";
import { pendingUpdates } from "./pendingUpdates";

/** The certificates of a rotation. */
interface Credentials {
  readonly server: Awaited<ReturnType<typeof issueServer>>;
  readonly operations: Authority;
  readonly pipeline: IssuedCertificate;
  /** Two generations of the workloads' authority, and a client of each. */
  readonly generations: readonly [Generation, Generation];
}

interface Generation {
  readonly ca: Authority;
  readonly client: IssuedCertificate;
}

let credentials: Credentials;

beforeAll(async () => {
  const operations = await issueCa({ name: "operations" });
  credentials = {
    server: await issueServer(),
    operations,
    pipeline: await issueClient(operations, { name: "pipeline" }),
    generations: [await generation("workloads 1"), await generation("workloads 2")],
  };
});

async function generation(name: string): Promise<Generation> {
  const ca = await issueCa({ name });
  return { ca, client: await issueClient(ca, { name: `client of ${name}` }) };
}

/** An organization in which the operations' certificate is active, and a stack of an example. */
async function createRotationFixture(example: string): Promise<Fixture> {
  const { server, operations, pipeline } = credentials;
  const fixture = await createFixture(
    {
      program: join(REPOSITORY, "examples", example),
      config: { operationsCertificateId: "cert_operations" },
      env: {
        OPENAI_CA_BUNDLE: server.authorityPem,
        OPENAI_MTLS_CERT_CHAIN: pipeline.chainPem,
        OPENAI_MTLS_KEY: pipeline.keyPem,
      },
    },
    { tls: { certificate: server.pem, key: server.keyPem } },
  );
  // The other certificates would exceed the limit of fifty.
  for (const { id } of fixture.emulator.certificates) fixture.emulator.remove(id);
  fixture.emulator.seed([{ id: "cert_operations", name: "operations", pem: operations.pem, active: true }]);
  return fixture;
}

/** Whether a request of a workload is accepted. */
async function isTrusted(emulator: Emulator, client: IssuedCertificate): Promise<boolean> {
  const tls = { ca: credentials.server.authorityPem, cert: client.chainPem, key: client.keyPem };
  const { status } = await send(emulator, "GET", "/models", { tls });
  return status === 200;
}

const changes = (log: readonly LoggedCall[]) =>
  log.filter(({ endpoint, executed }) => executed && !["list", "get", "models"].includes(endpoint));

const kinds = (log: readonly LoggedCall[]) => changes(log).map(({ endpoint }) => endpoint);

const workloadNames = (emulator: Emulator) =>
  emulator.certificates.filter(({ id }) => id !== "cert_operations").length;

describe("a rotation by one up", () => {
  let fixture: Fixture;
  /** The generation of the active certificate, and the one that replaces it. */
  let [current, next]: [0 | 1, 0 | 1] = [0, 1];
  beforeAll(async () => {
    fixture = await createRotationFixture("rotation");
    await put(current);
    await fixture.stack.setConfig({ certificateFile: "workloads.pem" });
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
  });
  afterAll(() => fixture.dispose());

  const put = (which: 0 | 1) =>
    writeFile(join(fixture.stack.folder, "workloads.pem"), credentials.generations[which].ca.pem);

  /** Replaces the certificate in the program by the other generation's. */
  const rotate = async () => {
    const [before, after] = [credentials.generations[current], credentials.generations[next]];
    await put(next);
    [current, next] = [next, current];
    fixture.emulator.clearLog();
    return [before, after] as const;
  };

  test("keeps the vendor's order, with mTLS enforced and both generations accepted throughout", async () => {
    expect(await isTrusted(fixture.emulator, credentials.generations[current].client)).toBe(true);
    const [before, after] = await rotate();
    const running = fixture.stack.start(["up", "--yes", "--skip-preview"]);
    const accepted: boolean[] = [];
    const up = { ended: false };
    void running.result.then(() => (up.ended = true));
    // A workload has a certificate of each generation, and one of them is always accepted.
    while (!up.ended) {
      const [one, other] = await Promise.all([
        isTrusted(fixture.emulator, before.client),
        isTrusted(fixture.emulator, after.client),
      ]);
      accepted.push(one || other);
    }
    expect(await running.result).toMatchObject({ exitCode: 0 });
    expect(accepted.length).toBeGreaterThan(3);
    expect(accepted).not.toContain(false);
    expect(await isTrusted(fixture.emulator, after.client)).toBe(true);
    expect(await isTrusted(fixture.emulator, before.client)).toBe(false);
    expect(kinds(fixture.emulator.log)).toEqual(["upload", "activate", "deactivate", "delete"]);
    expect(workloadNames(fixture.emulator)).toBe(1);
  });

  test.each(["upload", "activate", "deactivate", "delete"] as const)(
    "is completed by a second up when %s fails once",
    async (endpoint) => {
      const [before, after] = await rotate();
      fixture.emulator.faults.add({ endpoint, kind: "status", status: 400 });
      expect((await fixture.stack.up()).exitCode).not.toBe(0);
      const both = [before.client, after.client].map((client) => isTrusted(fixture.emulator, client));
      expect(await Promise.all(both)).toContain(true);
      expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
      expect(kinds(fixture.emulator.log)).toEqual(["upload", "activate", "deactivate", "delete"]);
      expect(workloadNames(fixture.emulator)).toBe(1);
      expect(await isTrusted(fixture.emulator, after.client)).toBe(true);
      expect(await pendingUpdates(fixture.stack)).toEqual([]);
    },
  );

  test("is reverted by destroy, which deactivates the operations' certificate together with the set", async () => {
    expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(workloadNames(fixture.emulator)).toBe(0);
    expect(fixture.emulator.activeIds()).toEqual([]);
  });
});

describe("a rotation over two ups", () => {
  test("accepts both generations in between, and never rejects the provider or a workload", async () => {
    const fixture = await createRotationFixture("staged-rotation");
    try {
      const { emulator, stack } = fixture;
      const [before, after] = credentials.generations;
      for (const [index, { ca }] of credentials.generations.entries())
        await writeFile(join(stack.folder, `${index}.pem`), ca.pem);

      await stack.setConfig({ certificateFiles: '{"workloads-1":"0.pem"}' });
      expect(await stack.up()).toMatchObject({ exitCode: 0 });
      expect(await isTrusted(emulator, before.client)).toBe(true);

      await stack.setConfig({ certificateFiles: '{"workloads-1":"0.pem","workloads-2":"1.pem"}' });
      expect(await stack.up()).toMatchObject({ exitCode: 0 });
      expect(await isTrusted(emulator, before.client)).toBe(true);
      expect(await isTrusted(emulator, after.client)).toBe(true);

      await stack.setConfig({ certificateFiles: '{"workloads-2":"1.pem"}' });
      emulator.clearLog();
      expect(await stack.up()).toMatchObject({ exitCode: 0 });
      expect(kinds(emulator.log)).toEqual(["deactivate", "delete"]);
      expect(await isTrusted(emulator, after.client)).toBe(true);
      expect(emulator.log.filter(({ status }) => status === 401)).toEqual([]);
      expect(await stack.destroy()).toMatchObject({ exitCode: 0 });
      expect(workloadNames(emulator)).toBe(0);
    } finally {
      await fixture.dispose();
    }
  });
});
