import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { list } from "tar";
import { buildPlugin, CHECKSUMS } from "../../../scripts/plugin/buildPlugin";

const FOLDER = mkdtempSync(join(tmpdir(), "plugin-archives-"));
afterAll(() => {
  rmSync(FOLDER, { recursive: true });
});

/** Builds the archives of a plugin that consists of one short file. */
function build(name: string): Promise<readonly string[]> {
  const entry = join(FOLDER, "main.js");
  writeFileSync(entry, "console.log(1);");
  return buildPlugin({ entry, version: "1.2.3", license: "the license", folder: join(FOLDER, name) });
}

const hashOf = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");

describe("the archives of the plugin", () => {
  let names: readonly string[];
  beforeAll(async () => {
    names = await build("first");
  });

  test("have the names that the engine requests", () => {
    expect(names).toEqual([
      "pulumi-resource-openai-certificates-v1.2.3-linux-amd64.tar.gz",
      "pulumi-resource-openai-certificates-v1.2.3-linux-arm64.tar.gz",
      "pulumi-resource-openai-certificates-v1.2.3-darwin-amd64.tar.gz",
      "pulumi-resource-openai-certificates-v1.2.3-darwin-arm64.tar.gz",
      "pulumi-resource-openai-certificates-v1.2.3-windows-amd64.tar.gz",
      "pulumi-resource-openai-certificates-v1.2.3-windows-arm64.tar.gz",
    ]);
  });

  test.each([
    ["linux-amd64", "pulumi-resource-openai-certificates"],
    ["darwin-arm64", "pulumi-resource-openai-certificates"],
    ["windows-amd64", "pulumi-resource-openai-certificates.cmd"],
  ])("for %s contain the files at the root, and %s is executable", async (platform, wrapper) => {
    const entries: [string, number][] = [];
    await list({
      file: join(FOLDER, "first", names.find((name) => name.includes(platform)) ?? ""),
      onReadEntry: ({ path, mode = 0 }) => entries.push([path, mode]),
    });
    expect(entries).toEqual([
      ["LICENSE", 0o644],
      ["NOTICES.txt", 0o644],
      ["launcher.cjs", 0o644],
      ["plugin.cjs", 0o644],
      [wrapper, 0o755],
    ]);
  });

  test("are the same bytes for Linux and macOS, and for all processors", () => {
    const hashes = (system: string) =>
      names.filter((name) => name.includes(system)).map((name) => hashOf(join(FOLDER, "first", name)));
    expect(new Set([...hashes("linux"), ...hashes("darwin")]).size).toBe(1);
    expect(new Set(hashes("windows")).size).toBe(1);
  });

  test("are the same bytes when they are built again, at another time and with another umask", async () => {
    const umask = process.umask(0o077);
    try {
      await build("second");
    } finally {
      process.umask(umask);
    }
    for (const name of [...names, CHECKSUMS])
      expect(hashOf(join(FOLDER, "second", name))).toBe(hashOf(join(FOLDER, "first", name)));
  });

  test("have checksums in the form that sha256sum reads", () => {
    const lines = readFileSync(join(FOLDER, "first", CHECKSUMS), "utf8")
      .trimEnd()
      .split("\n");
    expect(lines).toEqual(names.map((name) => `${hashOf(join(FOLDER, "first", name))}  ${name}`));
  });

  test("replace those of another version", async () => {
    writeFileSync(join(FOLDER, "first", "pulumi-resource-openai-certificates-v1.2.2-linux-amd64.tar.gz"), "");
    await build("first");
    expect(readdirSync(join(FOLDER, "first")).filter((name) => name.endsWith(".tar.gz"))).toEqual(
      [...names].sort(),
    );
  });
});
