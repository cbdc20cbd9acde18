import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";
import { pendingUpdates } from "./pendingUpdates";
import { activation, change, declaring, expectDestroyed, expectKept } from "./transition";

const ALL = ["cert_01", "cert_02", "cert_03"];

describe("certificates that move between the resources of a program", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: declaring("") }, { projects: ["proj_a", "proj_b"] });
  });
  afterAll(() => fixture.dispose());

  // In an order in which most cases begin with the program that the one before ended with.
  test.each([
    [
      "a set is split into two",
      activation("a", ALL),
      activation("a", ["cert_01"]) + activation("b", ["cert_02", "cert_03"]),
    ],
    [
      "two sets are merged",
      activation("a", ["cert_01"]) + activation("b", ["cert_02", "cert_03"]),
      activation("a", ALL),
    ],
    [
      "one of two sets that share ids is removed",
      activation("a", ALL) + activation("b", ALL),
      activation("b", ALL),
    ],
    [
      "a set is split in the other order",
      activation("b", ALL),
      activation("a", ["cert_02", "cert_03"]) + activation("b", ["cert_01"]),
    ],
    [
      "two sets swap ids",
      activation("a", ["cert_01", "cert_02"]) + activation("b", ["cert_03"]),
      activation("a", ["cert_03"]) + activation("b", ["cert_01", "cert_02"]),
    ],
    [
      "one of two sets no longer lists the ids that they share",
      activation("a", ALL) + activation("b", ["cert_02", "cert_03"]),
      activation("a", ["cert_01"]) + activation("b", ["cert_02", "cert_03"]),
    ],
  ])("stay active when %s", async (_change, before, after) => {
    await expectKept(fixture, ALL, await change(fixture, before, after));
  });

  test("stay active in addition to an exclusive set, with a warning", async () => {
    const exclusive = activation("a", ["cert_01"], "exclusive: true");
    const changed = await change(
      fixture,
      activation("a", ["cert_01"]) + activation("b", ["cert_02", "cert_03"]),
      exclusive + activation("b", ["cert_02", "cert_03"]),
    );
    expect(changed.update.output).toMatch(
      /warning: organization: cert_02, cert_03 .*although exclusive is set/,
    );
    await expectKept(fixture, ALL, changed);
    expect(await fixture.stack.refresh()).toMatchObject({ exitCode: 0 });
    expect(await fixture.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
    const added = await change(fixture, exclusive, exclusive + activation("b", ["cert_02", "cert_03"]));
    await expectKept(fixture, ALL, added);
  });

  test("are active in the end when the resource that receives them depends on the one that releases them", async () => {
    const first = `const a = ${activation("a", ["cert_01"])}`;
    const { update } = await change(
      fixture,
      `const a = ${activation("a", ALL)}`,
      first + activation("b", ["cert_02", "cert_03"], "", "dependsOn: a"),
    );
    expect(update).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.activeIds()).toEqual(ALL);
    expect(await pendingUpdates(fixture.stack)).toEqual([]);
  });

  test("are activated again when a resource that did not change is checked only after they were deactivated", async () => {
    const b = activation("b", ["cert_02", "cert_03"], "", "dependsOn: a");
    const { update } = await change(
      fixture,
      `const a = ${activation("a", ALL)}${b}`,
      `const a = ${activation("a", ["cert_01"])}${b}`,
    );
    expect(update).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.activeIds()).toEqual(ALL);
    expect(await fixture.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
  });

  test("stay active in the organization, but not in the project that a resource leaves", async () => {
    const shared = activation("a", ALL) + activation("b", ["cert_02", "cert_03"]);
    const inProject = (project: string) =>
      `new ProjectCertificateActivation("p", { projectId: "${project}", certificateIds: ["cert_01"] });`;
    const moved = await change(fixture, shared + inProject("proj_a"), shared + inProject("proj_b"));
    await expectKept(fixture, ALL, { ...moved, calls: [] });
    expect([fixture.emulator.activeIds("proj_a"), fixture.emulator.activeIds("proj_b")]).toEqual([
      [],
      ["cert_01"],
    ]);
  });

  test("are deactivated by destroy, those that two resources share and those of the project, too", async () => {
    await expectDestroyed(fixture);
    expect(fixture.emulator.activeIds("proj_b")).toEqual([]);
  });
});
