import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dependencies, name, version } from "../../../package.json";
import { productionLock } from "../../../scripts/sbom/productionLock";
import { writeSbom } from "../../../scripts/sbom/writeSbom";
import { REPOSITORY } from "../../engine/packages";

interface Sbom {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } };
  readonly components: readonly { readonly name: string; readonly hashes: readonly unknown[] }[];
}

test("the bill of materials names the package, and exactly what a user installs with it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sbom-test-"));
  try {
    const sbom = JSON.parse(await readFile(await writeSbom(folder), "utf8")) as Sbom;
    expect(sbom).toMatchObject({ bomFormat: "CycloneDX", metadata: { component: { name, version } } });
    expect(new Set(sbom.components.map((component) => component.name))).toEqual(installedWith(dependencies));
    expect(sbom.components.filter(({ hashes }) => hashes.length === 0)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("the lock for it keeps a runtime dependency that a development dependency needs, too", () => {
  const lock = {
    packages: {
      "": { dependencies: { shared: "1" }, devDependencies: { tool: "1" }, peerDependencies: { sdk: "1" } },
      "node_modules/shared": {},
      "node_modules/tool": { dev: true },
      "node_modules/sdk": { peer: true },
      "node_modules/both": { devOptional: true },
    },
  };
  expect(productionLock(lock)).toEqual({
    packages: { "": { dependencies: { shared: "1" } }, "node_modules/shared": {} },
  });
});

/** The names of packages and of everything that they depend on, as node_modules has them. */
function installedWith(direct: Readonly<Record<string, string>>): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = Object.keys(direct);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    const manifest = readFileSync(join(REPOSITORY, "node_modules", next, "package.json"), "utf8");
    pending.push(...Object.keys((JSON.parse(manifest) as { dependencies?: object }).dependencies ?? {}));
  }
  return found;
}
