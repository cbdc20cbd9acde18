import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";

/** A package of which the bundle contains code. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** The license as an SPDX expression. */
  readonly license: string;
  /** The text of the license, with its copyright notice. */
  readonly text: string;
}

const MODULES = "node_modules/";
const LICENSE_FILE = /^(licen[cs]e|copying|notice)/i;
/** What follows the heading "License" of a readme, up to the next heading, the definitions of links, or the end. */
const README_LICENSE = /^(?:#+ *)?licen[cs]e *\n(?:-+ *\n)?([^]*?)(?=\n#|\n\[|$(?![^]))/im;

/** The folders of all packages of which a bundle contains code, sorted. */
export function packageFolders({ outputs }: Metafile): readonly string[] {
  const files = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  return [...new Set(files.flatMap((path) => folderOf(path) ?? []))].sort();
}

/** Reads name, version and license of the package in a folder. @throws Error when it has no license text. */
export function readPackage(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const text = licenseText(folder);
  if (license === undefined || text === "") {
    throw new Error(
      `${name} ${version} (${folder}) has no license text, so the plugin must not contain it. Replace the package.`,
    );
  }
  return { name, version, license, text };
}

/** The notices of a bundle: the license of each package, and the license comments that its files had. */
export function renderNotices(packages: readonly BundledPackage[], comments: string): string {
  const entries = packages.map(({ name, version, license, text }) =>
    [`${name} ${version} (${license})`, text].join("\n\n"),
  );
  const introduction = "This plugin contains code of the following packages, under these licenses.";
  return [introduction, ...entries, comments.trim()].filter(Boolean).join(`\n\n${"-".repeat(80)}\n\n`) + "\n";
}

function folderOf(path: string): string | undefined {
  const start = path.lastIndexOf(MODULES);
  if (start === -1) return undefined;
  const [scope = "", name = ""] = path.slice(start + MODULES.length).split("/");
  return path.slice(0, start) + MODULES + (scope.startsWith("@") ? `${scope}/${name}` : scope);
}

/** The license files of a package, or what its readme has under the heading "License". */
function licenseText(folder: string): string {
  const files = readdirSync(folder).sort();
  const read = (file: string) => readFileSync(join(folder, file), "utf8").trim();
  const texts = files.filter((file) => LICENSE_FILE.test(file)).map(read);
  if (texts.length > 0) return texts.join("\n\n");
  const readme = files.find((file) => /^readme/i.test(file));
  if (readme === undefined) return "";
  return README_LICENSE.exec(read(readme))?.[1]?.trim() ?? "";
}
