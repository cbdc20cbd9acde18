import type { Authority } from "../emulator/certificates/issue";
import { countCalls } from "../emulator/index";
import { certificateIn, createCertificateFixture, issueTwo, PROGRAM } from "./certificateFixture";
import type { Fixture } from "./fixture";
import { pendingUpdates } from "./pendingUpdates";

describe("a certificate that is changed outside Pulumi", () => {
  let fixture: Fixture;
  let first: Authority;
  beforeAll(async () => {
    [first] = await issueTwo();
    fixture = await createCertificateFixture(first.pem);
    await fixture.stack.setConfig({ inactive: "true" });
    await fixture.stack.up();
  });
  afterAll(() => fixture.dispose());

  test("has its new name after a refresh, and is renamed by the next up", async () => {
    const [uploaded] = fixture.emulator.certificates;
    await fetch(`${fixture.emulator.url}/organization/certificates/${uploaded?.id ?? ""}`, {
      method: "POST",
      headers: { authorization: `Bearer ${fixture.emulator.adminKey}` },
      body: JSON.stringify({ name: "renamed" }),
    });
    fixture.emulator.clearLog();
    expect(await fixture.stack.refresh()).toMatchObject({ exitCode: 0 });
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 1 });
    expect((await fixture.stack.up("--diff")).output).toMatch(/~ name *: "renamed" => "gateway"/);
    expect(fixture.emulator.certificates).toMatchObject([{ id: uploaded?.id, name: "gateway" }]);
  });

  test("stays in the state when the API rejects the refresh", async () => {
    fixture.emulator.faults.add({ endpoint: "list", kind: "status", status: 403 });
    const { exitCode, output } = await fixture.stack.refresh();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("api.mtls.read");
    expect(await certificateIn(fixture)).toBeDefined();
  });

  test("that was deleted is removed from the state on request, and uploaded again by the next up", async () => {
    const { id = "", urn = "" } = (await certificateIn(fixture)) ?? {};
    fixture.emulator.remove(id);
    const { exitCode, output } = await fixture.stack.refresh();
    expect(exitCode).not.toBe(0);
    expect(output).toContain(
      "If they were deleted, remove the resource from the state with `pulumi state delete URN`",
    );
    expect(await certificateIn(fixture)).toBeDefined();
    expect(await fixture.stack.run(["state", "delete", urn, "--yes"])).toMatchObject({ exitCode: 0 });
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.certificates).toMatchObject([{ name: "gateway", pem: first.pem }]);
  });

  test("is read by Certificate.get with one call, and not managed", async () => {
    const [uploaded] = fixture.emulator.certificates;
    const get = `export const found = Certificate.get("found", ${JSON.stringify(uploaded?.id)});\n`;
    await fixture.stack.replaceProgram({ "index.ts": PROGRAM["index.ts"] + get });
    fixture.emulator.clearLog();
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(countCalls(fixture.emulator.log)).toEqual({ get: 1 });
    expect((await fixture.stack.outputs())["found"]).toMatchObject({
      id: uploaded?.id,
      name: "gateway",
      subject: "CN=first",
      certificate: first.pem,
    });
    await fixture.stack.replaceProgram(PROGRAM);
    await fixture.stack.up();
    expect(fixture.emulator.certificates).toHaveLength(1);
  });

  test("is uploaded again by another stack of the program, and destroying the first one keeps the other's", async () => {
    const other = await fixture.anotherStack({
      program: { ...PROGRAM, "ca.pem": first.pem },
      config: { name: "gateway", inactive: "true" },
    });
    const { id } = (await certificateIn(fixture)) ?? {};
    const { exitCode, output } = await other.up();
    expect(exitCode).toBe(0);
    expect(output).toContain(id);
    expect(fixture.emulator.certificates).toHaveLength(2);
    expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
    const { id: others } = (await certificateIn({ stack: other })) ?? {};
    expect(fixture.emulator.certificates).toMatchObject([{ id: others, name: "gateway" }]);
    expect(await other.refresh()).toMatchObject({ exitCode: 0 });
    expect(await pendingUpdates(other)).toEqual([]);
    expect(fixture.emulator.certificates).toMatchObject([
      { id: (await certificateIn({ stack: other }))?.id },
    ]);
  });
});
