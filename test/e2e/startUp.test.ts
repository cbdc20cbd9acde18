import { relative } from "node:path";
import { REPOSITORY } from "../engine/packages";
import { runProcess } from "../engine/process";
import { KEPT_STATE_FILE } from "./keptState";

/** What a script loads beyond `@pulumi/pulumi`, in a process of its own: packages, and files of this one. */
async function loadedBy(script: string): Promise<readonly string[]> {
  const program = `
    require("@pulumi/pulumi");
    const before = new Set(Object.keys(require.cache));
    ${script}.then(() => {
      const files = Object.keys(require.cache).filter((file) => !before.has(file));
      console.log(JSON.stringify(files));
    });`;
  const { exitCode, output } = await runProcess(process.execPath, ["-e", program], { cwd: REPOSITORY });
  if (exitCode !== 0) throw new Error(output);
  const files = JSON.parse(output) as readonly string[];
  return [...new Set(files.map(partOf))].sort();
}

/** The package of a file, or its path in this one. */
function partOf(file: string): string {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? relative(REPOSITORY, file);
}

/** Checks and compares a resource of the kept state with unchanged inputs, as the engine does. */
const unchanged = (type: string, entry: string): string => `
  (async () => {
    const { deployment } = require(${JSON.stringify(KEPT_STATE_FILE)});
    const { inputs, outputs, id } = deployment.resources.find(({ type }) => type.endsWith(":${type}"));
    const provider = require("pulumi-openai-certificates/provider").${entry};
    await provider.configure({ config: { get: () => undefined } });
    const checked = await provider.check(inputs, inputs);
    if (checked.failures.length > 0) throw new Error(JSON.stringify(checked.failures));
    const { changes } = await provider.diff(id, outputs, checked.inputs);
    if (changes) throw new Error("something has changed");
  })()`;

describe("start-up", () => {
  test("a program loads the resources that it imports, and neither the API's client nor other packages", async () => {
    const loaded = await loadedBy('Promise.resolve(require("pulumi-openai-certificates"))');
    expect(loaded.filter((part) => !/^dist\/(?:sdk|provider\/shared)\//.test(part))).toEqual([]);
  });

  test("a program loads the classes of the plugin alone, when it imports them", async () => {
    const loaded = await loadedBy('Promise.resolve(require("pulumi-openai-certificates/plugin"))');
    const allowed =
      /^dist\/(?:sdk\/plugin\/|sdk\/(?:certificatesComponent|declareInRun|takeOver|properties)\.js|provider\/shared\/)/;
    expect(loaded.filter((part) => !allowed.test(part))).toEqual([]);
  });

  test.each([
    ["OrgCertificateActivation", "organization"],
    ["ProjectCertificateActivation", "project"],
  ])("an unchanged %s loads neither an HTTP client nor an ASN.1 library", async (type, entry) => {
    expect(await loadedBy(unchanged(type, entry))).toEqual([
      "async-mutex",
      "dist/provider/index.js",
      "test/e2e/fixtures/state.json",
      "tslib",
      "valibot",
    ]);
  });

  test("an unchanged Certificate, whose text is parsed, loads an ASN.1 library, and no HTTP client", async () => {
    const loaded = await loadedBy(unchanged("Certificate", "certificate"));
    expect(loaded).toContain("asn1js");
    expect(loaded).not.toContain("axios");
  });
});
