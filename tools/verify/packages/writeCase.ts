import { copyFile } from "node:fs/promises";
import { basename, join } from "node:path";
import packageJson from "../../../package.json";
import { extractPackage, PACKAGE_NAME } from "../../../test/engine/packages";
import { writeFiles } from "../../../test/engine/program";
import type { ProgramFiles } from "../../../test/engine/program";
import type { Case } from "./case";
import { SDK_VERSIONS } from "./versions";

const LIBRARY = "platform-mtls";

/** The folders of a case. */
export interface CaseFolders {
  /** The folder in which packages are installed. */
  readonly root: string;
  /** The folder of the program. */
  readonly program: string;
}

/** Writes the program of a case into an empty folder, with a copy of the tarball. */
export async function writeCase(folder: string, testCase: Case, tarball: string): Promise<CaseFolders> {
  const isDirect = (testCase.layout ?? "direct") === "direct";
  const files = isDirect ? direct(testCase, tarball) : workspace(testCase, tarball);
  await writeFiles(folder, { ...files, ...testCase.manager.files });
  if (testCase.manager.linksFolder) await extractPackage(tarball, join(folder, "package"));
  else await copyFile(tarball, join(folder, basename(tarball)));
  return { root: folder, program: isDirect ? folder : join(folder, "program") };
}

function direct({ manager, program, pulumi, devDependencies }: Case, tarball: string): ProgramFiles {
  return {
    ...program.files,
    "package.json": JSON.stringify({
      name: "program",
      private: true,
      ...program.manifest,
      dependencies: {
        "@pulumi/pulumi": SDK_VERSIONS[pulumi],
        [PACKAGE_NAME]: manager.linksFolder ? packageJson.version : `file:./${basename(tarball)}`,
      },
      devDependencies,
    }),
  };
}

/** A workspace of pnpm with the program, and a package of its own that declares the resource. */
function workspace({ program, pulumi, layout }: Case, tarball: string): ProgramFiles {
  const sdk = { "@pulumi/pulumi": SDK_VERSIONS[pulumi] };
  const own = { [PACKAGE_NAME]: `file:../${basename(tarball)}` };
  const settings = ["packages: [program, library]"];
  if (layout === "hoisted library") settings.push(`publicHoistPattern: [${PACKAGE_NAME}]`);
  return {
    "package.json": JSON.stringify({ name: "workspace", private: true }),
    "pnpm-workspace.yaml": `${settings.join("\n")}\n`,
    "library/package.json": JSON.stringify({
      name: LIBRARY,
      version: "1.0.0",
      main: "index.js",
      dependencies: { ...sdk, ...own },
    }),
    "library/index.js": program.files["index.js"] ?? "",
    "program/Pulumi.yaml": program.files["Pulumi.yaml"] ?? "",
    "program/package.json": JSON.stringify({
      name: "program",
      private: true,
      ...program.manifest,
      dependencies: { ...sdk, [LIBRARY]: "workspace:*", ...(layout === "library and direct" && own) },
    }),
    "program/index.js": `module.exports = require("${LIBRARY}");\n`,
  };
}
