import type { Authority } from "../emulator/certificates/issue";
import { countCalls } from "../emulator/index";
import { certificateIn, createCertificateFixture, issueTwo } from "./certificateFixture";
import type { Fixture } from "./fixture";

describe("a certificate whose upload response is lost", () => {
  let fixture: Fixture;
  let first: Authority;
  let second: Authority;
  let onUpload: () => void = () => undefined;
  beforeAll(async () => {
    [first, second] = await issueTwo();
    fixture = await createCertificateFixture(first.pem, {
      onCall({ endpoint }) {
        if (endpoint === "upload") onUpload();
      },
    });
    await fixture.stack.setConfig({ inactive: "true" });
  });
  afterAll(() => fixture.dispose());
  beforeEach(() => {
    fixture.emulator.clearLog();
  });

  test("is found within the operation, and uploaded once", async () => {
    fixture.emulator.faults.add({ endpoint: "upload", kind: "reset-after" });
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.log.map(({ endpoint }) => endpoint)).toEqual(["list", "upload", "list", "get"]);
    const [uploaded, ...more] = fixture.emulator.certificates;
    expect(more).toEqual([]);
    expect((await certificateIn(fixture))?.id).toBe(uploaded?.id);
    expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.certificates).toEqual([]);
  });

  test("is reported as possibly left when the following list fails, too", async () => {
    fixture.emulator.faults.add({ endpoint: "upload", kind: "reset-after" });
    fixture.emulator.faults.add({ endpoint: "list", kind: "status", status: 503, call: 2 });
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode).not.toBe(0);
    expect(output).toContain("it is not known whether CN=first was uploaded; it may be left");
    expect(await certificateIn(fixture)).toBeUndefined();
  });

  test("is reported by the next up with its id, age and remedy, and a new one is uploaded", async () => {
    const [left] = fixture.emulator.certificates;
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode).toBe(0);
    expect(output).toMatch(
      new RegExp(`${left?.id ?? ""} "gateway", uploaded [a-z0-9 ]+ ago, has the same content`),
    );
    expect(output).toContain("delete it in the dashboard, or use its id in certificateIds");
    expect(countCalls(fixture.emulator.log)).toEqual({ list: 1, get: 1, upload: 1 });
    expect(fixture.emulator.certificates).toHaveLength(2);
    expect((await certificateIn(fixture))?.id).not.toBe(left?.id);
  });

  test("because a replacement is interrupted after it, is reported by the next up, which deletes the old one", async () => {
    const [left, old] = fixture.emulator.certificates;
    const uploaded = Promise.withResolvers<undefined>();
    onUpload = () => {
      uploaded.resolve(undefined);
    };
    await fixture.stack.replaceProgram({ "ca.pem": second.pem });
    fixture.emulator.faults.add({ endpoint: "upload", kind: "hang-after" });
    const interrupted = fixture.stack.start(["up", "--yes", "--skip-preview"]);
    await uploaded.promise;
    interrupted.kill();
    await interrupted.result;
    const [, , another] = fixture.emulator.certificates;
    await fixture.stack.run(["cancel", "--yes"]);
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode).toBe(0);
    expect(output).toMatch(
      new RegExp(`${another?.id ?? ""} "gateway", uploaded [a-z0-9 ]+ ago, has the same content`),
    );
    const { id } = (await certificateIn(fixture)) ?? {};
    expect([left?.id, old?.id, another?.id]).not.toContain(id);
    expect(fixture.emulator.certificates).toMatchObject([left, another, { id, pem: second.pem }]);
  });

  test("is not deleted by destroy, which deletes the certificate of the state", async () => {
    const { id: managed } = (await certificateIn(fixture)) ?? {};
    const left = fixture.emulator.certificates.filter(({ id }) => id !== managed);
    expect(left).toHaveLength(2);
    expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(fixture.emulator.certificates).toEqual(left);
  });
});
