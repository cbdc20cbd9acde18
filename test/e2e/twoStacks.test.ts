import { ids } from "../support/ids";
import { activationIn, createFixture } from "./fixture";

describe("two stacks on one organization", () => {
  test("update concurrently, manage separate sets, and have a correct state after a refresh", async () => {
    const fixture = await createFixture({}, { latencyMs: 50 });
    try {
      const stacks = [fixture.stack, await fixture.anotherStack()] as const;
      const sets = [ids(1, 15), ids(16, 30)] as const;
      for (const [index, stack] of stacks.entries())
        await stack.setConfig({ ids: JSON.stringify(sets[index]) });

      const ups = await Promise.all(stacks.map((stack) => stack.up()));
      expect(ups).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }]);
      expect(fixture.emulator.activeIds()).toEqual(ids(1, 30));

      for (const [index, stack] of stacks.entries()) {
        expect(await stack.refresh()).toMatchObject({ exitCode: 0 });
        const { outputs } = (await activationIn(stack)) ?? {};
        expect(Object.keys(outputs?.["certificateIds"] ?? {})).toEqual(sets[index]);
        expect(Object.keys(outputs?.["unmanagedActiveCertificateIds"] ?? {})).toEqual(sets[1 - index]);
        expect(await stack.preview("--expect-no-changes")).toMatchObject({ exitCode: 0 });
      }
    } finally {
      await fixture.dispose();
    }
  });

  test("with conflicting sets end with valid states, and a refresh shows the conflict", async () => {
    const fixture = await createFixture();
    try {
      const other = await fixture.anotherStack();
      await fixture.setIds(ids(1, 3));
      await other.setConfig({ ids: JSON.stringify(ids(4, 5)), exclusive: "true" });
      await Promise.all([fixture.stack.up(), other.up()]);
      await other.up();
      const active = fixture.emulator.activeIds();
      for (const stack of [fixture.stack, other]) {
        expect(await stack.refresh()).toMatchObject({ exitCode: 0 });
        const { outputs } = (await activationIn(stack)) ?? {};
        const known = ["certificateIds", "unmanagedActiveCertificateIds"].flatMap((name) =>
          Object.keys(outputs?.[name] ?? {}),
        );
        expect(known.sort()).toEqual(active);
      }
    } finally {
      await fixture.dispose();
    }
  });
});
