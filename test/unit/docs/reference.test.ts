import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../engine/packages";

const read = (name: string): unknown => JSON.parse(readFileSync(join(REPOSITORY, name), "utf8"));

test("the reference of the API describes each entry point of the package", () => {
  const { exports } = read("package.json") as { readonly exports: Readonly<Record<string, unknown>> };
  const { entryPoints } = read("typedoc.json") as { readonly entryPoints: readonly string[] };
  const modules = entryPoints.map((path) => {
    const text = readFileSync(join(REPOSITORY, path), "utf8");
    return /@module (\S+)/.exec(text)?.[1];
  });
  const importable = Object.keys(exports).filter((name) => name !== "./package.json");
  expect(modules).toEqual(importable.map((name) => join("pulumi-openai-certificates", name)));
});

test("a name without documentation, and a link that leads nowhere, fail the check of the project", () => {
  const { scripts } = read("package.json") as { readonly scripts: Readonly<Record<string, string>> };
  expect(scripts["check"]).toContain("npm run --silent lint");
  expect(scripts["lint"]).toContain("typedoc --emit none");
  expect(read("typedoc.json")).toMatchObject({
    treatWarningsAsErrors: true,
    treatValidationWarningsAsErrors: true,
    validation: { notExported: true, invalidLink: true, invalidPath: true, notDocumented: true },
  });
});
