import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Emulator, type LoggedCall } from "../emulator/index";
import { send } from "../emulator/send";
import {
  type Authority,
  issueCa,
  issueClient,
  type IssuedCertificate,
  issueServer,
} from "../emulator/certificates/issue";
import { repository } from "../engine/packages";
import { type Fixture, createFixture } from "./fixture";

/** Everybody who takes part in a rotation. */
interface Cast {
  readonly server: Awaited<ReturnType<typeof issueServer>>;
  readonly operations: Authority;
  readonly pipeline: IssuedCertificate;
  /** Two generations of the workloads' authority, and a client of each. */
  readonly generations: readonly [Generation, Generation];
}

interface Generation {
  readonly anchor: Authority;
  readonly client: IssuedCertificate;
}

let cast: Cast;

beforeAll(async () => {
  const operations = await issueCa({ name: "operations" });
  cast = {
    server: await issueServer(),
    operations,
    pipeline: await issueClient(operations, { name: "pipeline" }),
    generations: [await generation("workloads 1"), await generation("workloads 2")],
  };
});

async function generation(name: string): Promise<Generation> {
  const anchor = await issueCa({ name });
  return { anchor, client: await issueClient(anchor, { name: `client of ${name}` }) };
}

/** An organization in which the operations' certificate is active, and a stack of an example. */
async function setRotation(example: string): Promise<Fixture> {
  const { server, operations, pipeline } = cast;
  const scene = await createFixture(
    {
      program: join(repository, "examples", example),
      config: { operationsCertificateId: "cert_operations" },
      env: {
        OPENAI_CA_BUNDLE: server.authorityPem,
        OPENAI_MTLS_CERT_CHAIN: pipeline.chainPem,
        OPENAI_MTLS_KEY: pipeline.keyPem,
      },
    },
    { tls: { certificate: server.pem, key: server.keyPem } },
  );
  // The other certificates would fill the organization, which holds fifty.
  for (const { id } of scene.emulator.certificates) scene.emulator.remove(id);
  scene.emulator.seed([{ id: "cert_operations", name: "operations", pem: operations.pem, active: true }]);
  return scene;
}

/** Whether a request of a workload is accepted. */
async function isAccepted(emulator: Emulator, client: IssuedCertificate): Promise<boolean> {
  const tls = { ca: cast.server.authorityPem, cert: client.chainPem, key: client.keyPem };
  const { status } = await send(emulator, "GET", "/models", { tls });
  return status === 200;
}

const changes = (log: readonly LoggedCall[]) =>
  log.filter(({ endpoint, executed }) => executed && !["list", "get", "models"].includes(endpoint));

const kinds = (log: readonly LoggedCall[]) => changes(log).map(({ endpoint }) => endpoint);

const workloadNames = (emulator: Emulator) =>
  emulator.certificates.filter(({ id }) => id !== "cert_operations").length;

describe("a rotation by one up", () => {
  const [older, newer] = [0, 1] as const;
  let scene: Fixture;
  beforeEach(async () => {
    scene = await setRotation("rotation");
    await put(older);
    await scene.stack.setConfig({ certificateFile: "workloads.pem" });
    expect(await scene.stack.up()).toMatchObject({ exitCode: 0 });
    scene.emulator.clearLog();
  });
  afterEach(() => scene.dispose());

  const put = (which: 0 | 1) =>
    writeFile(join(scene.stack.folder, "workloads.pem"), cast.generations[which].anchor.pem);

  test("keeps the vendor's order, with enforcement on and both generations served throughout", async () => {
    const [before, after] = cast.generations;
    expect(await isAccepted(scene.emulator, before.client)).toBe(true);
    await put(newer);
    const running = scene.stack.start(["up", "--yes", "--skip-preview"]);
    const accepted: boolean[] = [];
    const up = { ended: false };
    void running.result.then(() => (up.ended = true));
    // A workload has a certificate of each generation, and one of them is accepted at any moment.
    while (!up.ended) {
      const [one, other] = await Promise.all([
        isAccepted(scene.emulator, before.client),
        isAccepted(scene.emulator, after.client),
      ]);
      accepted.push(one || other);
    }
    expect(await running.result).toMatchObject({ exitCode: 0 });
    expect(accepted.length).toBeGreaterThan(3);
    expect(accepted).not.toContain(false);
    expect(await isAccepted(scene.emulator, after.client)).toBe(true);
    expect(await isAccepted(scene.emulator, before.client)).toBe(false);
    expect(kinds(scene.emulator.log)).toEqual(["upload", "activate", "deactivate", "delete"]);
    expect(workloadNames(scene.emulator)).toBe(1);
  });

  test.each(["upload", "activate", "deactivate", "delete"] as const)(
    "is finished by a second up when %s fails once",
    async (endpoint) => {
      const [before, after] = cast.generations;
      await put(newer);
      scene.emulator.faults.add({ endpoint, kind: "status", status: 400 });
      expect((await scene.stack.up()).exitCode).not.toBe(0);
      const both = [before.client, after.client].map((client) => isAccepted(scene.emulator, client));
      expect(await Promise.all(both)).toContain(true);
      expect(await scene.stack.up()).toMatchObject({ exitCode: 0 });
      expect(kinds(scene.emulator.log)).toEqual(["upload", "activate", "deactivate", "delete"]);
      expect(workloadNames(scene.emulator)).toBe(1);
      expect(await isAccepted(scene.emulator, after.client)).toBe(true);
      expect(await scene.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    },
  );

  test("is undone by destroy, after which the operations' certificate is deactivated with the set", async () => {
    expect(await scene.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(workloadNames(scene.emulator)).toBe(0);
    expect(scene.emulator.activeIds()).toEqual([]);
  });
});

describe("a rotation over two ups", () => {
  test("accepts both generations in between, and neither the provider nor a workload is ever refused", async () => {
    const scene = await setRotation("staged-rotation");
    try {
      const { emulator, stack } = scene;
      const [before, after] = cast.generations;
      for (const [index, { anchor }] of cast.generations.entries()) {
        await writeFile(join(stack.folder, `${index}.pem`), anchor.pem);
      }
      await stack.setConfig({ certificateFiles: '{"workloads-1":"0.pem"}' });
      expect(await stack.up()).toMatchObject({ exitCode: 0 });
      expect(await isAccepted(emulator, before.client)).toBe(true);

      await stack.setConfig({ certificateFiles: '{"workloads-1":"0.pem","workloads-2":"1.pem"}' });
      expect(await stack.up()).toMatchObject({ exitCode: 0 });
      expect(await isAccepted(emulator, before.client)).toBe(true);
      expect(await isAccepted(emulator, after.client)).toBe(true);

      await stack.setConfig({ certificateFiles: '{"workloads-2":"1.pem"}' });
      emulator.clearLog();
      expect(await stack.up()).toMatchObject({ exitCode: 0 });
      expect(kinds(emulator.log)).toEqual(["deactivate", "delete"]);
      expect(await isAccepted(emulator, after.client)).toBe(true);
      expect(emulator.log.filter(({ status }) => status === 401)).toEqual([]);
      expect(await stack.destroy()).toMatchObject({ exitCode: 0 });
      expect(workloadNames(emulator)).toBe(0);
    } finally {
      await scene.dispose();
    }
  });
});
