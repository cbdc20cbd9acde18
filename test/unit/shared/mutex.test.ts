import { Mutex } from "../../../provider/shared/mutex";

describe("turns", () => {
  test("are taken one at a time, in the order of asking", async () => {
    const turns = new Mutex();
    const events: string[] = [];
    const work = (name: string) =>
      turns.runExclusive(async () => {
        events.push(`${name} begins`);
        await Promise.resolve();
        events.push(`${name} ends`);
      });
    await Promise.all(["a", "b", "c"].map(work));
    expect(events).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  });

  test("pass on when the work fails", async () => {
    const turns = new Mutex();
    const failing = turns.runExclusive(() => Promise.reject(new Error("failed")));
    const next = turns.runExclusive(() => Promise.resolve("done"));
    await expect(failing).rejects.toThrow("failed");
    await expect(next).resolves.toBe("done");
  });
});
