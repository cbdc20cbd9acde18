import { existsSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** File contents by path inside the program's folder. */
export type ProgramFiles = Readonly<Record<string, string>>;

/** What a program needs in addition to its own files, unless it brings them. */
const surroundings: ProgramFiles = {
  "Pulumi.yaml": "name: program\nruntime: nodejs\n",
  "package.json": JSON.stringify({ name: "program", private: true, main: "index.ts" }),
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      target: "es2022",
      module: "node16",
      moduleResolution: "node16",
      types: ["node"],
      strict: true,
      skipLibCheck: true,
    },
  }),
};

/** Writes a program, or copies it from a folder, so that a test may change it. */
export async function writeProgram(folder: string, program: ProgramFiles | string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (typeof program === "string")
    await cp(program, folder, { recursive: true, filter: (source) => basename(source) !== "node_modules" });
  else await writeFiles(folder, program);

  const missing = Object.entries(surroundings).filter(([path]) => !existsSync(join(folder, path)));
  await writeFiles(folder, Object.fromEntries(missing));
}

export async function writeFiles(folder: string, files: ProgramFiles): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}
