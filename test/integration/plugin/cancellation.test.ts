import { fromStruct } from "../../../provider/plugin/wire";
import {
  DEFAULTS,
  emulator,
  engine,
  initFailed,
  ORGANIZATION,
  plugin,
  settings,
  start,
  usePlugin,
  VALID,
} from "./fixture";
import type { RpcFailure } from "./fixture";

usePlugin();

describe("a cancellation", () => {
  test("ends a wait, and the operation returns what is real", async () => {
    await emulator.close();
    await start({ throttle: { requests: 1, windowSeconds: 1_000, retryAfter: "seconds" } });
    await plugin.configure({ ...settings(), retryTimeoutSeconds: 80_000 }, "acme");
    emulator.seed(Array.from({ length: 10 }, (_, index) => ({ id: `cert_d${index}`, ...VALID })));
    const all = emulator.certificates.map(({ id }) => id);
    const creation = plugin
      .create(ORGANIZATION, { certificateIds: all, ...DEFAULTS })
      .catch((error: unknown) => error);
    await received(/rate limited; next attempt in/);
    await plugin.cancel();
    const failed = initFailed((await creation) as RpcFailure);
    expect(fromStruct(failed?.getProperties())["certificateIds"]).toEqual(emulator.activeIds());
    expect(emulator.activeIds()).toHaveLength(10);
  });

  test("at the end of a run does not affect the next one", async () => {
    await plugin.cancel();
    await plugin.handshake(engine.address);
    await plugin.create(ORGANIZATION, { certificateIds: ["cert_a"], ...DEFAULTS });
    expect(emulator.activeIds()).toEqual(["cert_a"]);
  });

  async function received(pattern: RegExp): Promise<void> {
    while (!engine.messages.some(({ text }) => pattern.test(text))) await new Promise(setImmediate);
  }
});
