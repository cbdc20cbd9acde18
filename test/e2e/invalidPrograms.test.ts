import { countCalls } from "../emulator/index";
import { activationIn, createFixture } from "./fixture";
import type { Fixture } from "./fixture";

describe("an invalid program", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture();
  });
  afterAll(() => fixture.dispose());
  beforeEach(() => {
    fixture.emulator.clearLog();
  });

  test("is rejected by check, which names the element and sends no request", async () => {
    await fixture.setIds(["cert_01", "cert 02"]);
    const { exitCode, output } = await fixture.stack.preview();
    expect(exitCode).not.toBe(0);
    expect(output).toContain('certificateIds[1] is "cert 02": an id has no white space');
    expect(fixture.emulator.log).toEqual([]);
  });

  test("is rejected for a key in place of an id, and the key is not printed", async () => {
    await fixture.setIds(["sk-admin-a1B2c3pasted by mistake"]);
    const { exitCode, output } = await fixture.stack.preview();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("certificateIds[0] is something that looks like a key");
    expect(output).not.toContain("a1B2c3pasted");
  });

  test("fails with every id that does not exist or has expired, without a change", async () => {
    fixture.emulator.seed([{ id: "cert_expired", expiresAt: 1_600_000_000 }]);
    await fixture.setIds(["cert_01", "cert_absent", "cert_expired"]);
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("cert_absent not found");
    expect(output).toContain("cert_expired expired at 2020-09-13T12:26:40.000Z");
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 1 });
    expect(fixture.emulator.activeIds()).toEqual([]);
    expect(await activationIn(fixture.stack)).toBeUndefined();
  });

  test("fails with both ways to set a missing key", async () => {
    await fixture.setIds(["cert_01"]);
    const { exitCode, output } = await fixture.stack.run(["up", "--yes", "--skip-preview"], {
      OPENAI_ADMIN_KEY: "",
    });
    expect(exitCode).not.toBe(0);
    expect(output).toContain("pulumi config set --secret openai-certificates:adminKey");
    expect(output).toContain("OPENAI_ADMIN_KEY");
  });

  test("is rejected for a change of enforcement with enforcementChange: refuse", async () => {
    await fixture.setIds(["cert_01"], { enforcementChange: "refuse" });
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("mTLS will be enforced for the organization");
    expect(fixture.emulator.activeIds()).toEqual([]);
  });
});
