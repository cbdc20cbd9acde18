import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";
import { pluginProgram } from "./plugin/program";
import { activation, declaring } from "./transition";

const PAIR = ["cert_01", "cert_02"];
const refusing = (name: string, ids: readonly string[], options = "") =>
  activation(name, ids, 'enforcementChange: "refuse"', options);

describe.each([
  ["dynamic", declaring],
  ["plugin", pluginProgram],
] as const)('enforcementChange: "refuse" of %s resources', (_, programOf) => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: programOf(activation("a", PAIR)) });
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    await fixture.stack.replaceProgram(programOf(refusing("a", PAIR)));
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
  });
  afterAll(() => fixture.dispose());
  beforeEach(() => {
    fixture.emulator.clearLog();
  });

  test.each([
    ["that is registered later", refusing("a", []) + refusing("b", PAIR)],
    ["that is registered before", refusing("b", PAIR) + refusing("a", [])],
  ])("does not fail the preview when all ids move to a resource %s", async (_when, body) => {
    await fixture.stack.replaceProgram(programOf(body));
    for (let attempt = 0; attempt < 2; attempt += 1)
      expect(await fixture.stack.preview()).toMatchObject({ exitCode: 0 });
  });

  test("lets all ids move to another resource without a moment in which none is active", async () => {
    await fixture.stack.replaceProgram(programOf(refusing("a", []) + refusing("b", PAIR)));
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.activeIds()).toEqual(PAIR);
    expect(fixture.emulator.log.filter(({ endpoint }) => endpoint === "deactivate")).toEqual([]);
  });

  test("rejects an update that ends enforcement, in the preview, too", async () => {
    await fixture.stack.replaceProgram(programOf(refusing("a", []) + refusing("b", [])));
    const preview = await fixture.stack.preview();
    expect(preview.exitCode).not.toBe(0);
    expect(preview.output).toContain("mTLS will be turned off; ");
    expect(preview.output).toContain('rejected by enforcementChange: "refuse". No changes were made.');
    const update = await fixture.stack.run(["up", "--yes", "--skip-preview"]);
    expect(update.exitCode).not.toBe(0);
    expect(update.output).toContain('rejected by enforcementChange: "refuse". No changes were made.');
    expect(fixture.emulator.activeIds()).toEqual(PAIR);
  });

  test("fails the preview that would start enforcement", async () => {
    for (const id of PAIR) fixture.emulator.setActive(id, false);
    await fixture.stack.replaceProgram(programOf(refusing("c", ["cert_03"])));
    const { exitCode, output } = await fixture.stack.preview();
    expect(exitCode).not.toBe(0);
    expect(output).toContain('rejected by enforcementChange: "refuse"');
  });
});
