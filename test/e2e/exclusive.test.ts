import { countCalls } from "../emulator/index";
import type { ProgramFiles } from "../engine/program";
import type { CommandResult } from "../engine/stack";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";
import { pluginProgram } from "./plugin/program";
import { activation, declaring } from "./transition";

const EXCLUSIVE = activation("a", ["cert_01"], "exclusive: true");
const other = (options = "") => activation("b", ["cert_02"], "", options);

describe.each([
  ["dynamic resource", declaring],
  ["resource of the plugin", pluginProgram],
] as const)("an exclusive set, as a %s, beside another resource", (_, programOf) => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: programOf("") });
  });
  afterAll(() => fixture.dispose());

  async function up(body: string): Promise<CommandResult> {
    const program: ProgramFiles = programOf(body);
    await fixture.stack.replaceProgram(program);
    fixture.emulator.clearLog();
    const update = await fixture.stack.up();
    expect(update).toMatchObject({ exitCode: 0 });
    return update;
  }
  const driftCheck = () => fixture.stack.run(["preview", "--refresh", "--expect-no-changes"]);
  const active = () => fixture.emulator.activeIds();

  test("leaves active what that one declares, which is no drift and costs no call", async () => {
    await up(other());
    await up(EXCLUSIVE + other());
    expect(active()).toEqual(["cert_01", "cert_02"]);
    const checked = await driftCheck();
    expect(checked).toMatchObject({ exitCode: 0 });
    expect(checked.output).not.toContain("activated outside this resource");
    expect(await fixture.stack.refresh()).toMatchObject({ exitCode: 0 });
    await up(EXCLUSIVE + other());
    expect(countCalls(fixture.emulator.log)).toEqual({});
  });

  test("is judged by each preview without a warning when it depends on that one", async () => {
    const body = `const b = ${other()}\n${activation("a", ["cert_01"], "exclusive: true", "dependsOn: b")}`;
    const { output } = await up(body);
    expect(output).not.toContain("although exclusive is set: at the last");
    expect(countCalls(fixture.emulator.log)).toEqual({});
  });

  test("deactivates an id whose resource has gone and left it active", async () => {
    await up(EXCLUSIVE + other("retainOnDelete: true"));
    const { output } = await up(EXCLUSIVE);
    expect(output).toMatch(/cert_02 is active although exclusive is set: .* \(dependsOn\)/);
    expect(active()).toEqual(["cert_01", "cert_02"]);
    expect((await driftCheck()).exitCode).not.toBe(0);
    await fixture.stack.refresh();
    expect((await up(EXCLUSIVE)).output).toMatch(
      /- cert_02 .*unmanaged, deactivated because exclusive is set/,
    );
    expect(active()).toEqual(["cert_01"]);
    expect(await driftCheck()).toMatchObject({ exitCode: 0 });
  });

  test("deactivates an id that another resource declared once when it is activated in the dashboard", async () => {
    await up(EXCLUSIVE + other());
    await up(EXCLUSIVE);
    expect(active()).toEqual(["cert_01"]);
    fixture.emulator.setActive("cert_02", true);
    fixture.emulator.setActive("cert_05", true);
    const checked = await driftCheck();
    expect(checked.exitCode).not.toBe(0);
    expect(checked.output.match(/- cert_\d\d .*exclusive is set/g)).toHaveLength(2);
    expect(await fixture.stack.up("--refresh")).toMatchObject({ exitCode: 0 });
    expect(active()).toEqual(["cert_01"]);
    expect(await driftCheck()).toMatchObject({ exitCode: 0 });
  });

  test("warns of an id that is declared late, which is active in the end, and then costs no call", async () => {
    await up(other());
    const late = `export = async () => {
      ${EXCLUSIVE}
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      ${other()}
    };`;
    await fixture.stack.replaceProgram(programOf(late));
    const { output } = await fixture.stack.preview();
    expect(output).toMatch(/- cert_02 .*unmanaged, deactivated because exclusive is set/);
    expect(output).toMatch(
      /cert_02: an exclusive set .* Let the exclusive resource depend on this one \(dependsOn\)/,
    );
    await up(late);
    expect(active()).toEqual(["cert_01", "cert_02"]);
    await up(late);
    expect(countCalls(fixture.emulator.log)).toEqual({});
  });
});
