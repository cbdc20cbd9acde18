import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";
import { activation, change, declaring, expectActive, expectDestroyed } from "./transition";

const PAIR = ["cert_01", "cert_02"];
const KEPT = /cert_01, cert_02 .*another resource of this program/;

describe("a resource under another name or parent", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: declaring("") });
  });
  afterEach(() => expectDestroyed(fixture));
  afterAll(() => fixture.dispose());

  test("keeps its certificates active when it is renamed, with two lists and no other call", async () => {
    const renamed = await change(fixture, activation("mtls", PAIR), activation("mtls2", PAIR));
    expect(renamed.calls.map(({ endpoint }) => endpoint)).toEqual(["list", "list"]);
    expect(renamed.update.output).toMatch(/2 already active; mTLS stays enforced/);
    expect(renamed.update.output).toMatch(KEPT);
    await expectActive(fixture, PAIR, renamed);
  });

  test("keeps them active under enforcementChange: refuse", async () => {
    const refuse = 'enforcementChange: "refuse"';
    await fixture.stack.replaceProgram(declaring(activation("mtls", PAIR)));
    const renamed = await change(fixture, activation("mtls", PAIR), activation("mtls2", PAIR, refuse));
    await expectActive(fixture, PAIR, renamed);
    const again = await change(fixture, activation("mtls2", PAIR, refuse), activation("mtls3", PAIR, refuse));
    await expectActive(fixture, PAIR, again);
    await fixture.stack.replaceProgram(declaring(activation("mtls3", PAIR)));
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
  });

  test("keeps them active when a component wraps it", async () => {
    const wrapped = `
      class Gateway extends pulumi.ComponentResource {
        constructor(name: string) {
          super("acme:index:Gateway", name);
          ${activation("mtls", PAIR, "", "parent: this")}
        }
      }
      new Gateway("gateway");`;
    await expectActive(fixture, PAIR, await change(fixture, activation("mtls", PAIR), wrapped));
  });

  test.each([
    ["new before old", ""],
    ["old before new", "deleteBeforeReplace: true"],
  ])("keeps them active when it is replaced, %s", async (_order, option) => {
    const program = activation("mtls", PAIR, "", option);
    const urn = "urn:pulumi:dev::program::pulumi-nodejs:dynamic/openai:OrgCertificateActivation::mtls";
    const replaced = await change(fixture, program, program, "--replace", urn);
    expect(replaced.update.output).toMatch(KEPT);
    await expectActive(fixture, PAIR, replaced);
  });

  test("keeps them active when its connection changes to another namespace of the same organization", async () => {
    await fixture.stack.setConfig(
      { "acme:baseUrl": fixture.emulator.url },
      { "acme:adminKey": fixture.emulator.adminKey },
    );
    const moved = await change(
      fixture,
      activation("mtls", PAIR),
      activation("mtls", PAIR, 'connection: "acme"'),
    );
    await expectActive(fixture, PAIR, moved);
  });

  test("applies a change of the set in the same update", async () => {
    const renamed = await change(
      fixture,
      activation("mtls", ["cert_01", "cert_02", "cert_03"]),
      activation("mtls2", ["cert_02", "cert_03", "cert_04"]),
    );
    expect(renamed.calls.flatMap(({ endpoint, ids }) => (ids ? [{ endpoint, ids }] : []))).toEqual([
      { endpoint: "activate", ids: ["cert_04"] },
      { endpoint: "deactivate", ids: ["cert_01"] },
    ]);
    await expectActive(fixture, ["cert_02", "cert_03", "cert_04"], renamed);
  });
});
