import { devDependencies, engines, peerDependencies } from "../../../package.json";
import { OLDEST_VERSION, pinnedVersion } from "../../engine/version";
import { pages, readPage, section } from "../../support/docs";

const rows = section(readPage("docs/support.md"), "Versions that work").split("\n");

const rowOf = (software: string) => rows.find((row) => row.startsWith(`| ${software} |`)) ?? "";

test("the page about support names the versions that the package requires and the tests use", () => {
  expect(engines.node).toBe("^22.15.0 || >=24.0.0");
  expect(rowOf("Node.js")).toContain("22.15 or a later 22.x, or 24 or later");
  expect(rowOf("Pulumi CLI")).toContain(`${pinnedVersion()} and ${OLDEST_VERSION}`);
  expect(rowOf("`@pulumi/pulumi`")).toContain(`\`${peerDependencies["@pulumi/pulumi"]}\``);
  expect(rowOf("`@pulumi/pulumi`")).toContain(devDependencies["@pulumi/pulumi"]);
  expect(rowOf("TypeScript")).toContain(devDependencies.typescript.replace(/^~(\d+\.\d+)\..*/, "$1"));
});

test("the index of the documentation links every page", () => {
  const linked = readPage("docs/README.md").text;
  const missing = pages()
    .map(({ path }) => path)
    .filter((path) => path.startsWith("docs/") && path !== "docs/README.md")
    .filter((path) => !linked.includes(`](${path.slice("docs/".length)})`));
  expect(missing).toEqual([]);
});
