import { join } from "node:path";
import type { Emulator } from "../emulator/index";
import { REPOSITORY } from "../engine/packages";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";

interface Example {
  readonly folder: string;
  /** Two configurations: the first one, and the changed one. */
  readonly configs: readonly [Config, Config];
  /** The active certificates after each configuration. */
  readonly active: readonly [readonly string[], readonly string[]];
  readonly activeIn: (emulator: Emulator) => readonly string[];
}

type Config = Readonly<Record<string, unknown>>;

const inOrganization = (emulator: Emulator) => emulator.activeIds();
const inProject = (emulator: Emulator) => emulator.activeIds("proj_a");

const EXAMPLES: readonly Example[] = [
  {
    folder: "activation",
    configs: [{ certificateIds: ["cert_01", "cert_02"] }, { certificateIds: ["cert_02", "cert_03"] }],
    active: [
      ["cert_01", "cert_02"],
      ["cert_02", "cert_03"],
    ],
    activeIn: inOrganization,
  },
  {
    folder: "projects",
    configs: [
      { certificateIds: { proj_a: ["cert_01"], proj_b: ["cert_02"] } },
      { certificateIds: { proj_a: ["cert_01", "cert_03"] } },
    ],
    active: [["cert_01"], ["cert_01", "cert_03"]],
    activeIn: inProject,
  },
  {
    folder: "lookup",
    configs: [{ names: ["name of cert_01"] }, { names: ["name of cert_02", "name of cert_01"] }],
    active: [["cert_01"], ["cert_01", "cert_02"]],
    activeIn: inOrganization,
  },
  {
    folder: "organizations",
    configs: [{ certificateIds: { acme: ["cert_01"] } }, { certificateIds: { acme: ["cert_02"] } }],
    active: [["cert_01"], ["cert_02"]],
    activeIn: inOrganization,
  },
];

describe.each(EXAMPLES)("the example $folder", ({ folder, configs, active, activeIn }) => {
  let fixture: Fixture;
  beforeAll(async () => {
    const program = join(REPOSITORY, "examples", folder);
    fixture = await createFixture({ program }, { projects: ["proj_a", "proj_b"] });
    const { url, adminKey } = fixture.emulator;
    await fixture.stack.setConfig({ "acme:baseUrl": url }, { "acme:adminKey": adminKey });
  });
  afterAll(() => fixture.dispose());

  const configure = (config: Config) => {
    const texts = Object.entries(config).map(([key, value]) => [key, JSON.stringify(value)]);
    return fixture.stack.setConfig(Object.fromEntries(texts) as Record<string, string>);
  };

  test("is created", async () => {
    await configure(configs[0]);
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(activeIn(fixture.emulator)).toEqual(active[0]);
  });

  test("is updated", async () => {
    await configure(configs[1]);
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    expect(activeIn(fixture.emulator)).toEqual(active[1]);
    expect(fixture.emulator.activeIds("proj_b")).toEqual([]);
    expect(await fixture.stack.preview("--expect-no-changes")).toMatchObject({ exitCode: 0 });
  });

  test("is destroyed", async () => {
    expect(await fixture.stack.destroy()).toMatchObject({ exitCode: 0 });
    expect(activeIn(fixture.emulator)).toEqual([]);
  });
});
