import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../../..");

/** Whether `npm run lint` rejects that a file imports another one. */
function areRejected(...imports: readonly (readonly [file: string, imported: string])[]): unknown {
  const found = execFileSync(
    process.execPath,
    [join(__dirname, "lintImports.mjs"), JSON.stringify(imports)],
    {
      cwd: ROOT,
      encoding: "utf8",
    },
  );
  return (JSON.parse(found) as readonly (readonly string[])[]).map((rules) => {
    expect([[], ["import-x/no-restricted-paths"]]).toContainEqual(rules);
    return rules.length > 0;
  });
}

test("a folder of provider/ must not import a higher layer, nor its own", () => {
  expect(
    areRejected(
      ["provider/shared/format.ts", "../api/listedCertificate"],
      ["provider/api/client.ts", "../session/session"],
      ["provider/clients/judgePath.ts", "../activation/plan"],
      ["provider/plugin/wire.ts", "../dynamic/protocol"],
      ["provider/dynamic/protocol.ts", "../plugin/wire"],
    ),
  ).toEqual([true, true, true, true, true]);
});

test("a folder of provider/ may import lower layers and itself", () => {
  expect(
    areRejected(
      ["provider/api/client.ts", "../shared/deadline"],
      ["provider/plugin/wire.ts", "../resource/resource"],
      ["provider/plugin/wire.ts", "./shapes"],
    ),
  ).toEqual([false, false, false]);
});

test("sdk/, cli/ and provider/ import one another only as the architecture describes", () => {
  expect(
    areRejected(
      ["provider/index.ts", "../sdk/index"],
      ["sdk/index.ts", "../provider/resource/resource"],
      ["sdk/index.ts", "../cli/version"],
      ["cli/main.ts", "../provider/plugin/wire"],
      ["cli/main.ts", "../test/emulator/index"],
      ["sdk/lookups.ts", "../provider/lookup/lookup"],
      ["cli/main.ts", "../provider/lookup/lookup"],
    ),
  ).toEqual([true, true, true, true, true, false, false]);
});

test("docs/architecture.md lists the layers of the rule", () => {
  const listed = [
    ...readFileSync(join(ROOT, "docs/architecture.md"), "utf8").matchAll(/^\d+\. (`provider\/.*)$/gm),
  ];
  const config = readFileSync(join(ROOT, "eslint.config.mjs"), "utf8");
  const [, layers = ""] = /const LAYERS = (\[.*?\n\]);/s.exec(config) ?? [];
  const documented = listed.map(([, line = ""]) =>
    [...line.matchAll(/`provider\/(\w+)\/`/g)].map(([, name]) => name),
  );
  expect(documented).toEqual(JSON.parse(layers.replace(/,\s*\]/g, "]")));
});
