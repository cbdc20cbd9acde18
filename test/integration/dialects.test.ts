import { dynamicProvider } from "../../provider/dynamic/dynamicProvider";
import type { Properties, Provider } from "../../provider/dynamic/protocol";
import { activationResource } from "../../provider/resource/activationResource";
import { certificateResource } from "../../provider/resource/certificateResource";
import { startRun } from "../../provider/session/session";
import { issueCa } from "../emulator/certificates/issue";
import { countCalls, DIALECTS, startEmulator } from "../emulator/index";
import type { Dialect, Emulator } from "../emulator/index";
import { captureLog } from "../support/capturedLog";
import type { CapturedLog } from "../support/capturedLog";

let emulator: Emulator;
let log: CapturedLog;

beforeEach(() => {
  log = captureLog();
  // Makes each wait of the backoff as short as possible.
  jest.spyOn(Math, "random").mockReturnValue(0);
});

afterEach(async () => {
  log.restore();
  jest.restoreAllMocks();
  await emulator.close();
});

async function start(dialect: Dialect): Promise<void> {
  emulator = await startEmulator({ dialect });
}

let processes = 0;

/** A provider as in a new process: other settings create another session, without cached lists. */
async function connected(provider: Provider): Promise<Provider> {
  processes += 1;
  const settings = new Map([
    ["openai-certificates:baseUrl", emulator.url],
    ["openai-certificates:adminKey", emulator.adminKey],
    ["openai-certificates:timeoutSeconds", String(processes)],
  ]);
  const get = (key: string) => settings.get(key);
  await provider.configure({ config: { get, require: (key) => get(key) ?? "" } });
  return provider;
}

const names = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => `cert_${first + index}`);

const inputs = (ids: readonly string[]): Properties => ({
  certificateIds: Object.fromEntries(ids.map((id) => [id, "active"])),
});

/** The result of `create` and `update`, with outputs. */
interface Result {
  readonly id: string;
  readonly outs: Properties;
}

const calls = () => {
  const counts = countCalls(emulator.log);
  emulator.clearLog();
  return counts;
};

describe("an activation", () => {
  /** Dialects in which a response does not confirm that a chunk has succeeded, so that each costs a list. */
  const SILENT: readonly Dialect[] = ["without-active", "state-before"];

  test.each(DIALECTS)(
    "is created, updated, read and deleted with an API that uses the dialect %s",
    async (dialect) => {
      await start(dialect);
      const process = () => {
        startRun();
        return connected(dynamicProvider(activationResource("organization")));
      };
      emulator.seed(names(11, 40).map((id) => ({ id })));
      const lists = (chunks: number) => 1 + (SILENT.includes(dialect) ? chunks : 0);

      const { id, outs } = (await (await process()).create(inputs(names(11, 23)))) as Result;
      expect(emulator.activeIds()).toEqual(names(11, 23));
      expect(calls()).toEqual({ list: lists(2), activate: 2 });

      const updated = await (await process()).update(id, outs, inputs(names(22, 35)));
      expect(emulator.activeIds()).toEqual(names(22, 35));
      expect(calls()).toEqual({ list: lists(4), activate: 2, deactivate: 2 });

      expect((await (await process()).read(id, updated.outs as Properties)).props).toEqual(updated.outs);
      expect(calls()).toEqual({ list: 1 });

      await (await process()).delete(id, updated.outs as Properties);
      expect(emulator.activeIds()).toEqual([]);
      expect(calls()).toEqual({ list: lists(2), deactivate: 2 });
    },
  );

  test("is created with one more list when a retried call changes nothing and returns no certificates", async () => {
    await start("changed-only");
    const provider = await connected(dynamicProvider(activationResource("organization")));
    emulator.seed(names(11, 23).map((id) => ({ id })));
    emulator.faults.add({ endpoint: "activate", kind: "reset-after" });
    const { outs } = (await provider.create(inputs(names(11, 23)))) as Result;
    expect(Object.keys(outs["certificateIds"] as object)).toEqual(names(11, 23));
    expect(calls()).toEqual({ list: 2, activate: 3 });
  });
});

describe("a certificate", () => {
  test.each(DIALECTS)(
    "is uploaded, renamed, read and deleted with an API that uses the dialect %s",
    async (dialect) => {
      await start(dialect);
      const provider = await connected(dynamicProvider(certificateResource()));
      const { pem } = await issueCa({ name: "edge" });
      const { id, outs } = (await provider.create({ certificate: pem, name: "edge" })) as Result;
      expect(outs).toMatchObject({ name: "edge", subject: "CN=edge" });
      expect(calls()).toEqual({ list: 1, upload: 1 });

      const renamed = await provider.update(id, outs, { certificate: pem, name: "Edge" });
      expect(renamed.outs).toMatchObject({ name: "Edge" });
      expect(calls()).toEqual({ rename: 1 });
      expect((await provider.read(id, renamed.outs as Properties)).props).toEqual(renamed.outs);
      expect((await provider.read(id)).props).toEqual(renamed.outs);
      calls();

      const another = await connected(dynamicProvider(certificateResource()));
      await another.delete(id, renamed.outs as Properties);
      expect(emulator.certificates).toEqual([]);
      // Without `object` only a list confirms the deletion.
      const isSilent = dialect === "sparse" || dialect === "nulls";
      expect(calls()).toEqual({ delete: 1, ...(isSilent && { list: 1 }) });
    },
  );
});
