import { changeActivation } from "../../provider/api/certificates";
import { Client } from "../../provider/api/client";
import { ORGANIZATION } from "../../provider/api/scope";
import { startEmulator } from "../emulator/index";
import type { Emulator } from "../emulator/index";
import { clientOf, requestContext } from "./connected";

const WINDOW_MS = 1_000;
const IDS = Array.from({ length: 20 }, (_, index) => `cert_${index + 1}`);

describe("20 concurrent calls with a limit of eight in a window", () => {
  let emulator: Emulator;
  let time = 0;
  beforeAll(async () => {
    // The next window starts with a rejection, so that the test does not depend on the speed of the machine.
    emulator = await startEmulator({
      throttle: { requests: 8, windowSeconds: WINDOW_MS / 1000, clock: () => time },
      onCall: ({ status }) => {
        if (status === 429) time += WINDOW_MS;
      },
    });
    emulator.seed(IDS.map((id) => ({ id })));
    const client = new Client(clientOf(emulator).connection, WINDOW_MS);
    await Promise.all(
      IDS.map((id) => changeActivation(client, ORGANIZATION, "activate", [id], requestContext(60))),
    );
  });
  afterAll(() => emulator.close());

  test("all succeed", () => {
    expect(emulator.activeIds()).toEqual([...IDS].sort());
  });

  test("one rejection in a window delays all of them", () => {
    expect(emulator.log.filter(({ status }) => status === 429)).toHaveLength(2);
  });
});
