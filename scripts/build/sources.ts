import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const REPOSITORY = resolve(__dirname, "../..");

/** What dist/ is built from. */
const FOLDERS = ["cli", "provider", "sdk", "scripts/build", "scripts/schema"];
const FILES = ["package.json", "tsconfig.json", "tsconfig.build.json"];
const GENERATED = "provider/plugin/schema.json";

/** Contains the digest of the sources of dist/. It is not in dist/ itself, which is published. */
const DIGEST_FILE = "build/dist.sha256";

/** @throws Error when dist/ was not built from the sources as they are now. */
export function assertBuilt(root: string = REPOSITORY): void {
  if (!isBuilt(root)) throw new Error("dist/ was not built from the present sources. Run `npm run build`.");
}

export function isBuilt(root: string = REPOSITORY): boolean {
  const file = join(root, DIGEST_FILE);
  return (
    existsSync(join(root, "dist")) && existsSync(file) && readFileSync(file, "utf8") === digestOfSources(root)
  );
}

/** Builds with a function, and notes from which sources. Until it ends, and when it fails, dist/ counts as not built. */
export async function recordBuild(build: () => Promise<void>, root: string = REPOSITORY): Promise<void> {
  const file = join(root, DIGEST_FILE);
  rmSync(file, { force: true });
  const digest = digestOfSources(root);
  await build();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, digest);
}

function digestOfSources(root: string): string {
  const hash = createHash("sha256");
  for (const file of [...FOLDERS.flatMap((folder) => filesIn(folder, root)), ...FILES]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** The paths of the files in a folder, from the root and in a fixed order. */
function filesIn(folder: string, root: string): readonly string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)))
    .filter((file) => file !== GENERATED)
    .sort();
}
