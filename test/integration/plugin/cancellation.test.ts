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
});

describe("a timeout of an operation", () => {
  const SECONDS = 0.3;
  const ELAPSED = `the time limit of the option customTimeouts, ${SECONDS} s, has elapsed`;

  beforeEach(async () => {
    await emulator.close();
    await start({ throttle: { requests: 1, windowSeconds: 1_000, retryAfter: "seconds" } });
    await plugin.configure({ ...settings(), retryTimeoutSeconds: 80_000 }, "acme");
    emulator.seed(Array.from({ length: 10 }, (_, index) => ({ id: `cert_d${index}`, ...VALID })));
  });

  const createAll = (timeoutSeconds: number) =>
    plugin
      .create(
        ORGANIZATION,
        { certificateIds: emulator.certificates.map(({ id }) => id), ...DEFAULTS },
        false,
        timeoutSeconds,
      )
      .catch((error: unknown) => error as RpcFailure & Error);

  test("ends its waits, and what has happened is in the state", async () => {
    const failed = initFailed((await createAll(SECONDS)) as RpcFailure);
    expect(failed?.getReasonsList()[0]).toContain(ELAPSED);
    expect(fromStruct(failed?.getProperties())["certificateIds"]).toEqual(emulator.activeIds());
    expect(emulator.activeIds()).toHaveLength(10);
  });

  test("ends the wait for an operation on the same certificates, which continues until it is canceled", async () => {
    const other = createAll(0);
    await received(/rate limited; next attempt in/);
    expect(await createAll(SECONDS)).toMatchObject({ details: ELAPSED });
    await plugin.cancel();
    expect(initFailed((await other) as RpcFailure)?.getReasonsList()[0]).toContain(
      "; the update was canceled",
    );
  });
});

describe("a timeout of an operation that is fast", () => {
  test("changes nothing", async () => {
    const created = await plugin.create(
      ORGANIZATION,
      { certificateIds: ["cert_a"], ...DEFAULTS },
      false,
      3_600_000,
    );
    expect(created.id).toBe("organization");
  });
});

async function received(pattern: RegExp): Promise<void> {
  while (!engine.messages.some(({ text }) => pattern.test(text))) await new Promise(setImmediate);
}
