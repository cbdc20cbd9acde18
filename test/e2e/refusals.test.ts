import { countCalls } from "../emulator/index";
import { activationIn, type Fixture, createFixture } from "./fixture";

describe("a program that asks for what cannot be", () => {
  let scene: Fixture;
  beforeAll(async () => {
    scene = await createFixture();
  });
  afterAll(() => scene.dispose());
  beforeEach(() => {
    scene.emulator.clearLog();
  });

  test("is refused by check, which names the element and sends nothing", async () => {
    await scene.setIds(["cert_01", "cert 02"]);
    const { exitCode, output } = await scene.stack.preview();
    expect(exitCode).not.toBe(0);
    expect(output).toContain('certificateIds[1] is "cert 02": an id has no white space');
    expect(scene.emulator.log).toEqual([]);
  });

  test("is refused a key in place of an id, and the key is not repeated", async () => {
    await scene.setIds(["sk-admin-a1B2c3pasted by mistake"]);
    const { exitCode, output } = await scene.stack.preview();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("certificateIds[0] is something that looks like a key");
    expect(output).not.toContain("a1B2c3pasted");
  });

  test("learns of every id that does not exist or has expired, and nothing is changed", async () => {
    scene.emulator.seed([{ id: "cert_expired", expiresAt: 1_600_000_000 }]);
    await scene.setIds(["cert_01", "cert_absent", "cert_expired"]);
    const { exitCode, output } = await scene.stack.up();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("cert_absent not found");
    expect(output).toContain("cert_expired expired at 2020-09-13T12:26:40.000Z");
    expect(countCalls(scene.emulator.log)).toEqual({ list: 1 });
    expect(scene.emulator.activeIds()).toEqual([]);
    expect(await activationIn(scene.stack)).toBeUndefined();
  });

  test("learns of both ways to set a missing key", async () => {
    await scene.setIds(["cert_01"]);
    const { exitCode, output } = await scene.stack.run(["up", "--yes", "--skip-preview"], {
      OPENAI_ADMIN_KEY: "",
    });
    expect(exitCode).not.toBe(0);
    expect(output).toContain("pulumi config set --secret openai:adminKey");
    expect(output).toContain("OPENAI_ADMIN_KEY");
  });

  test("is refused a change of enforcement when the policy says so", async () => {
    await scene.setIds(["cert_01"], { enforcementChange: "refuse" });
    const { exitCode, output } = await scene.stack.up();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("mTLS will be enforced for the organization");
    expect(scene.emulator.activeIds()).toEqual([]);
  });
});
