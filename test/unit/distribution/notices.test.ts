import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { bundlePlugin, ROOT } from "../../../scripts/plugin/bundle";
import { packageFolders, readPackage, renderNotices } from "../../../scripts/plugin/notices";

const FOLDER = mkdtempSync(join(tmpdir(), "plugin-notices-"));
afterAll(() => {
  rmSync(FOLDER, { recursive: true });
});

/** A folder of a package with these files next to its package.json. */
function packageWith(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(FOLDER, name);
  mkdirSync(folder, { recursive: true });
  const all = { "package.json": JSON.stringify({ name, version: "1.0.0", license: "MIT" }), ...files };
  for (const [file, text] of Object.entries(all)) writeFileSync(join(folder, file), text);
  return folder;
}

/** What esbuild reports about a bundle of these files, each with the number of its bytes in the bundle. */
function metafile(bytes: Readonly<Record<string, number>>): Metafile {
  const inputs = Object.fromEntries(
    Object.entries(bytes).map(([path, bytesInOutput]) => [path, { bytesInOutput }]),
  );
  return { inputs: {}, outputs: { "plugin.cjs": { bytes: 0, imports: [], exports: [], inputs } } };
}

describe("the packages of a bundle", () => {
  test("are those of its files, also nested and scoped ones, each once", () => {
    const files = {
      "provider/plugin/main.ts": 1,
      "node_modules/axios/a.js": 1,
      "node_modules/axios/lib/b.js": 1,
      "node_modules/@grpc/grpc-js/c.js": 1,
      "node_modules/axios/node_modules/ms/d.js": 1,
    };
    expect(packageFolders(metafile(files))).toEqual([
      "node_modules/@grpc/grpc-js",
      "node_modules/axios",
      "node_modules/axios/node_modules/ms",
    ]);
  });

  test("exclude those of which no code is left", () => {
    expect(packageFolders(metafile({ "node_modules/axios/a.js": 0 }))).toEqual([]);
  });
});

describe("the license of a package", () => {
  test.each(["LICENSE", "LICENCE.md", "License.txt", "COPYING"])("is read from the file %s", (file) => {
    expect(readPackage(packageWith(`with-${file}`, { [file]: "The text\n" }))).toEqual({
      name: `with-${file}`,
      version: "1.0.0",
      license: "MIT",
      text: "The text",
    });
  });

  test("includes the notice of a package that has one", () => {
    const folder = packageWith("with-notice", { LICENSE: "The text", NOTICE: "The notice" });
    expect(readPackage(folder).text).toBe("The text\n\nThe notice");
  });

  test.each([
    "## License\n\nThe text\n\n## Next",
    "License\n-------\n\nThe text\n\n[link]: https://example.com",
  ])("is read from the readme %j", (readme) => {
    expect(readPackage(packageWith("with-readme", { "README.md": `# Title\n\n${readme}\n` })).text).toBe(
      "The text",
    );
  });

  test.each([{}, { "README.md": "# Title\n\nNothing" }])("is required: %j", (files) => {
    const folder = packageWith(`without-${Object.keys(files).length}`, files);
    expect(() => readPackage(folder)).toThrow(/without-. 1\.0\.0 \(.*\) has no license text/);
  });
});

test("the notices of the plugin have an entry for each package that it contains", async () => {
  const { metafile: report, comments } = await bundlePlugin(join(ROOT, "provider/plugin/main.ts"));
  const packages = packageFolders(report).map((folder) => readPackage(join(ROOT, folder)));
  expect(packages.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["@grpc/grpc-js", "@pulumi/pulumi", "axios"]),
  );
  const notices = renderNotices(packages, comments);
  for (const { name, version, license, text } of packages)
    expect(notices).toContain(`${name} ${version} (${license})\n\n${text}\n\n`);
});
