import { dirname } from "node:path";
import { minVersion } from "semver";
import packageJson from "../../../package.json";
import type { Case } from "./case";
import { TOOLS } from "./tools";

/** The ends of the range of SDKs that the package accepts. The newest one is that with which the tests run. */
export const SDK_VERSIONS: Readonly<Record<Case["pulumi"], string>> = {
  oldest: minVersion(packageJson.peerDependencies["@pulumi/pulumi"])?.version ?? "",
  newest: packageJson.devDependencies["@pulumi/pulumi"],
};

/** The folder of a `node`. The usual one is that which runs this. */
export function nodeFolder(node: Case["node"]): string {
  return node === "usual" ? dirname(process.execPath) : dirname(TOOLS.fileOf(`node-${node}`, "bin/node"));
}

export function nodeVersion(node: Case["node"]): string {
  return node === "usual" ? process.versions.node : TOOLS.versionOf(`node-${node}`);
}
