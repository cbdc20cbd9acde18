import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";
import { activation, change, declaring, expectDestroyed, expectKept } from "./transition";

const PAIR = ["cert_01", "cert_02"];
const KEPT = /cert_01, cert_02 .*another resource of this program/;

describe("a resource under another name or parent", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture({ program: declaring("") });
  });
  afterAll(() => fixture.dispose());

  test("keeps its certificates active when it is renamed, with two lists and no other call", async () => {
    const renamed = await change(fixture, activation("mtls", PAIR), activation("mtls2", PAIR));
    expect(renamed.calls.map(({ endpoint }) => endpoint)).toEqual(["list", "list"]);
    expect(renamed.update.output).toMatch(/2 already active; mTLS stays enforced/);
    expect(renamed.update.output).toMatch(KEPT);
    await expectKept(fixture, PAIR, renamed);
  });

  test("keeps them active under enforcementChange: refuse", async () => {
    const refuse = 'enforcementChange: "refuse"';
    const renamed = await change(fixture, activation("mtls2", PAIR), activation("mtls", PAIR, refuse));
    await expectKept(fixture, PAIR, renamed);
    const again = await change(fixture, activation("mtls", PAIR, refuse), activation("mtls3", PAIR, refuse));
    await expectKept(fixture, PAIR, again);
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
    await expectKept(fixture, PAIR, await change(fixture, activation("mtls", PAIR), wrapped));
  });

  test.each([
    ["old before new", "deleteBeforeReplace: true"],
    ["new before old", ""],
  ])("keeps them active when it is replaced, %s", async (_order, option) => {
    const urn =
      "urn:pulumi:dev::program::pulumi-nodejs:dynamic/openai-certificates:OrgCertificateActivation::mtls";
    const replacing = activation("mtls", PAIR, "", option);
    const replaced = await change(fixture, activation("mtls", PAIR), replacing, "--replace", urn);
    expect(replaced.update.output).toMatch(KEPT);
    await expectKept(fixture, PAIR, replaced);
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
    await expectKept(fixture, PAIR, moved);
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
    await expectKept(fixture, ["cert_02", "cert_03", "cert_04"], renamed);
    expect(await fixture.stack.up("--expect-no-changes")).toMatchObject({ exitCode: 0 });
  });

  test("deactivates them when it is destroyed", () => expectDestroyed(fixture));
});
