import { organization, project } from "../../provider/index";
import { UNKNOWN } from "../../provider/resource/resource";
import { startRun } from "../../provider/session/session";
import { forgetMessages } from "../../provider/shared/log";
import { issueCa, issueClient } from "../emulator/certificates/issue";
import type { Authority, IssuedCertificate } from "../emulator/certificates/issue";
import { countCalls, startEmulator } from "../emulator/index";
import type { Emulator, EmulatorOptions } from "../emulator/index";
import { captureLog } from "../support/capturedLog";
import type { CapturedLog } from "../support/capturedLog";
import { ids } from "../support/ids";

let emulator: Emulator;
let log: CapturedLog;
let old: Authority;
let next: Authority;
let other: Authority;
let billing: IssuedCertificate;
let batch: IssuedCertificate;

const DAY = 86_400;

beforeAll(async () => {
  [old, next, other] = (await Promise.all(
    ["gateway 2026", "gateway 2027", "other"].map((name) => issueCa({ name })),
  )) as [Authority, Authority, Authority];
  billing = await issueClient(old, { name: "billing" });
  batch = await issueClient(next, { name: "batch" });
});

beforeEach(async () => {
  log = captureLog();
  await start();
});

afterEach(async () => {
  log.restore();
  await emulator.close();
});

async function start(
  options: EmulatorOptions = {},
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  startRun();
  forgetMessages();
  emulator = await startEmulator(options);
  await configure(more);
  emulator.seed([
    { id: "cert_old", name: "gateway 2026", pem: old.pem },
    { id: "cert_new", name: "gateway 2027", pem: next.pem },
    { id: "cert_other", name: "other", pem: other.pem },
  ]);
}

async function configure(more: Readonly<Record<string, string>>): Promise<void> {
  const settings: Record<string, string> = {
    "openai-certificates:baseUrl": emulator.url,
    "openai-certificates:adminKey": emulator.adminKey,
    "openai-certificates:retryTimeoutSeconds": "0",
    ...more,
  };
  const config = { get: (key: string) => settings[key] } as never;
  await organization.configure({ config });
  await project.configure({ config });
}

type Args = Readonly<Record<string, unknown>>;
interface Outs {
  readonly outs: Args;
}

/** A preview of a new resource. */
async function check(args: Args, olds: Args = {}) {
  return (await organization.check(olds, args)) as { inputs: Args; failures: readonly unknown[] };
}

async function create(args: Args) {
  const { inputs, failures } = await check(args);
  expect(failures).toEqual([]);
  const { outs } = (await organization.create(inputs)) as Outs;
  nextRun();
  return { inputs, outs };
}

/** The engine starts new processes for each preview and each update. */
function nextRun(): void {
  startRun();
  forgetMessages();
  emulator.clearLog();
}

async function update(olds: { inputs: Args; outs: Args }, args: Args) {
  const { inputs } = await check(args, olds.inputs);
  await organization.diff("organization", olds.outs, inputs);
  const { outs } = (await organization.update("organization", olds.outs, inputs)) as Outs;
  startRun();
  return { inputs, outs };
}

const containing = (text: string): unknown => expect.stringContaining(text);
const clients = () => ({ billing: billing.chainPem });

describe("an update that would lock out a client", () => {
  test("is rejected by the client's name before anything changes", async () => {
    const created = await create({ certificateIds: ["cert_old"], clients: clients() });
    await expect(update(created, { certificateIds: ["cert_new"], clients: clients() })).rejects.toThrow(
      /billing would be rejected: issued by "gateway 2026" \(cert_old\), which this update deactivates[^]*Deploy a certificate of "gateway 2027" \(cert_new\) first, or keep[^]*No changes were made/,
    );
    expect(emulator.activeIds()).toEqual(["cert_old"]);
    expect(log.lines.join("\n")).toContain('client "billing": trusted before, rejected after');
  });

  test("succeeds after the client has the new certificate", async () => {
    const created = await create({ certificateIds: ["cert_old"], clients: clients() });
    const both = await update(created, { certificateIds: ["cert_old", "cert_new"], clients: clients() });
    const moved = await update(both, { certificateIds: ["cert_new"], clients: { billing: batch.chainPem } });
    expect(emulator.activeIds()).toEqual(["cert_new"]);
    expect(moved.outs["clientTrust"]).toEqual({
      billing: { subject: "CN=batch", expiresAt: expect.any(Number) as number, trustedBy: ["cert_new"] },
    });
  });

  test("is rejected when it starts enforcement, and the preview warns while others may follow", async () => {
    const { inputs, failures } = await check({ certificateIds: ["cert_new"], clients: clients() });
    expect(failures).toEqual([]);
    const message = "billing would be rejected as soon as mTLS is enforced";
    expect(log.lines.join("\n")).toContain(message);
    await expect(organization.create(inputs)).rejects.toThrow(message);
    expect(emulator.activeIds()).toEqual([]);
  });

  test("continues with a warning if the program allows it", async () => {
    const warning = { clients: clients(), clientLockout: "warn" };
    const created = await create({ certificateIds: ["cert_old"], ...warning });
    await update(created, { certificateIds: ["cert_new"], ...warning });
    expect(emulator.activeIds()).toEqual(["cert_new"]);
    expect(log.lines.join("\n")).toContain("billing would be rejected");
  });

  test("is rejected when the content that decides cannot be read", async () => {
    const created = await create({ certificateIds: ["cert_old"], clients: clients() });
    emulator.faults.add({ endpoint: "get", times: Infinity, kind: "status", status: 500 });
    await expect(
      update(created, { certificateIds: ["cert_new"], clients: { billing: batch.chainPem } }),
    ).rejects.toThrow(/whether billing would be rejected was not determined[^]*No changes were made/);
    expect(emulator.activeIds()).toEqual(["cert_old"]);
  });
});

test("a client that is rejected already is a warning", async () => {
  emulator.setActive("cert_other", true);
  await create({ certificateIds: ["cert_new"], clients: clients() });
  expect(emulator.activeIds()).toEqual(["cert_new", "cert_other"]);
  expect(log.lines.join("\n")).toContain("billing is rejected already");
});

test("a client that expires soon is a warning, also while nothing changes and without a call", async () => {
  const soon = await issueClient(old, { name: "soon", expires: new Date(Date.now() + 5 * DAY * 1000) });
  const args = { certificateIds: ["cert_old"], clients: { soon: soon.chainPem } };
  const created = await create(args);
  const { inputs } = await check(args, created.inputs);
  const { changes } = await organization.diff("organization", created.outs, inputs);
  expect(changes).toBe(false);
  expect(countCalls(emulator.log)).toEqual({});
  expect(log.lines.join("\n")).toContain("soon: CN=soon expires");
});

describe("a delete", () => {
  test("is rejected while another certificate keeps enforcement on", async () => {
    emulator.setActive("cert_other", true);
    const { outs } = await create({ certificateIds: ["cert_old"], clients: clients() });
    await expect(organization.delete("organization", outs)).rejects.toThrow(/billing would be rejected/);
    expect(emulator.activeIds()).toEqual(["cert_old", "cert_other"]);
  });

  test("succeeds when it ends enforcement", async () => {
    const { outs } = await create({ certificateIds: ["cert_old"], clients: clients() });
    await organization.delete("organization", outs);
    expect(emulator.activeIds()).toEqual([]);
  });
});

test("a private key among the clients is rejected and never repeated", async () => {
  const { failures } = await check({ certificateIds: [], clients: { billing: billing.keyPem } });
  expect(failures).toEqual([
    { property: "", reason: containing('clients: "billing" contains a private key') },
  ]);
});

test("a client that is unknown in the preview is reported as not determined", async () => {
  const { failures } = await check({ certificateIds: ["cert_old"], clients: { billing: UNKNOWN } });
  expect(failures).toEqual([]);
  expect(log.lines.join("\n")).toContain('client "billing": not determined before, not determined after');
});

test("clients of one resource bind another one of the run", async () => {
  emulator.setActive("cert_old", true);
  emulator.setActive("cert_other", true);
  const { outs } = await create({ certificateIds: ["cert_old"] });
  await check({ certificateIds: ["cert_other"], clients: clients() });
  await expect(organization.delete("organization", outs)).rejects.toThrow(
    /billing \(another resource\) would be rejected/,
  );
});

test("clients of a project bind the organization, whose certificates the project inherits", async () => {
  emulator.addProject("proj_a");
  const { outs } = await create({ certificateIds: ["cert_old", "cert_other"] });
  const { failures } = await project.check(
    {},
    { projectId: "proj_a", certificateIds: [], clients: clients() },
  );
  expect(failures).toEqual([]);
  const { inputs } = await check(
    { certificateIds: ["cert_other"] },
    { certificateIds: outs["certificateIds"] },
  );
  await expect(organization.update("organization", outs, inputs)).rejects.toThrow(
    /billing \(project proj_a\) would be rejected/,
  );
});

describe("API calls", () => {
  test("none without changes", async () => {
    const args = { certificateIds: ["cert_old"], clients: clients() };
    const created = await create(args);
    const { inputs, failures } = await check(args, created.inputs);
    expect(failures).toEqual([]);
    expect(await organization.diff("organization", created.outs, inputs)).toMatchObject({ changes: false });
    expect(countCalls(emulator.log)).toEqual({});
  });

  test.each([1, 10, 50])("at most one read for each of %i active certificates", async (count) => {
    emulator.remove("cert_old");
    emulator.remove("cert_new");
    emulator.remove("cert_other");
    const set = ids(1, count);
    emulator.seed(set.map((id, index) => ({ id, pem: index === count - 1 ? old.pem : other.pem })));
    const { inputs, failures } = await check({ certificateIds: set, clients: clients() });
    expect(failures).toEqual([]);
    const { outs } = (await organization.create(inputs)) as Outs;
    const { get = 0, list } = countCalls(emulator.log);
    expect(list).toBe(1);
    expect(get).toBeLessThanOrEqual(count);
    nextRun();
    const args = { certificateIds: set.slice(-1), clients: clients() };
    await update({ inputs, outs }, args);
    expect(countCalls(emulator.log).get ?? 0).toBe(0);
    expect(emulator.activeIds()).toEqual(set.slice(-1));
  });

  describe.each([1, 10, 50])(
    "under the rate limit of eight a minute, with %i active certificates",
    (count) => {
      const set = ids(1, count);
      const PER_MINUTE = 8;
      let time = 0;
      beforeEach(async () => {
        await emulator.close();
        // A request that waited for the rate limit would exceed the time of the test.
        await start(
          { throttle: { requests: PER_MINUTE, clock: () => time } },
          { "openai-certificates:retryTimeoutSeconds": "600" },
        );
        for (const id of ["cert_old", "cert_new", "cert_other"]) emulator.remove(id);
        // The certificate that trusts the client is read last.
        emulator.seed(
          set.map((id, index) => ({ id, active: true, pem: index === count - 1 ? old.pem : other.pem })),
        );
      });

      test("a preview reads what it may, and does not wait", async () => {
        const { failures } = await check({ certificateIds: set, clients: clients() });
        expect(failures).toEqual([]);
        const reads = emulator.log.filter(({ endpoint }) => endpoint === "get");
        expect(reads).toHaveLength(Math.min(count, PER_MINUTE + 1));
        expect(reads.filter(({ status }) => status === 429)).toHaveLength(count > PER_MINUTE ? 1 : 0);
        const standing = count > PER_MINUTE ? "not determined" : "trusted";
        expect(log.lines.join("\n")).toContain(`client "billing": ${standing} before, ${standing} after`);
      });

      test("an update that cannot read the rest is not certain, and changes nothing", async () => {
        const kept = count === 1 ? set : set.slice(1);
        const { inputs } = await check({ certificateIds: kept, exclusive: true, clients: clients() });
        nextRun();
        time += 60_000;
        await configure({ "openai-certificates:retryTimeoutSeconds": "0" });
        const created = organization.create(inputs);
        if (count > PER_MINUTE)
          await expect(created).rejects.toThrow(/was not determined[^]*No changes were made/);
        else await created;
        expect(emulator.activeIds()).toEqual(count > PER_MINUTE ? set : kept);
      });
    },
  );
});
