import { copyFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { PACKAGE_NAME } from "../../engine/packages";
import { writeFiles } from "../../engine/program";
import type { ProgramFiles } from "../../engine/program";
import type { Case } from "./case";
import { SDK_VERSIONS } from "./versions";

const LIBRARY = "platform-mtls";

/** Where a case lies. */
export interface Place {
  /** The folder in which packages are installed. */
  readonly root: string;
  /** The folder of the program. */
  readonly program: string;
}

/** Writes the program of a case into an empty folder, with a copy of the tarball. */
export async function writeCase(
  folder: string,
  { manager, ...case_ }: Case,
  tarball: string,
): Promise<Place> {
  const files =
    case_.layout === undefined || case_.layout === "direct"
      ? direct(case_, tarball)
      : workspace(case_, tarball);
  await writeFiles(folder, { ...files, ...manager.files });
  await copyFile(tarball, join(folder, basename(tarball)));
  const isWorkspace = "program/package.json" in files;
  return { root: folder, program: isWorkspace ? join(folder, "program") : folder };
}

function direct({ program, pulumi, devDependencies }: Omit<Case, "manager">, tarball: string): ProgramFiles {
  return {
    ...program.files,
    "package.json": JSON.stringify({
      name: "program",
      private: true,
      ...program.manifest,
      dependencies: {
        "@pulumi/pulumi": SDK_VERSIONS[pulumi],
        [PACKAGE_NAME]: `file:./${basename(tarball)}`,
      },
      devDependencies,
    }),
  };
}

/** A workspace of pnpm with the program, and a package of its own that declares the resource. */
function workspace({ program, pulumi, layout }: Omit<Case, "manager">, tarball: string): ProgramFiles {
  const sdk = { "@pulumi/pulumi": SDK_VERSIONS[pulumi] };
  const settings = ["packages: [program, library]"];
  if (layout === "hoisted library") settings.push(`publicHoistPattern: [${PACKAGE_NAME}]`);
  return {
    "package.json": JSON.stringify({ name: "workspace", private: true }),
    "pnpm-workspace.yaml": `${settings.join("\n")}\n`,
    "library/package.json": JSON.stringify({
      name: LIBRARY,
      version: "1.0.0",
      main: "index.js",
      dependencies: { ...sdk, [PACKAGE_NAME]: `file:../${basename(tarball)}` },
    }),
    "library/index.js": program.files["index.js"] ?? "",
    "program/Pulumi.yaml": program.files["Pulumi.yaml"] ?? "",
    "program/package.json": JSON.stringify({
      name: "program",
      private: true,
      ...program.manifest,
      dependencies: { ...sdk, [LIBRARY]: "workspace:*" },
    }),
    "program/index.js": `module.exports = require("${LIBRARY}");\n`,
  };
}
