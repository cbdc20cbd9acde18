import { existsSync, readFileSync } from "node:fs";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { codeBlocks, readPage } from "../../test/support/docs";
import type { Language } from "./languages";

/** Makes the engine start the plugin in a folder for a program. */
export async function usePlugin(program: string, pluginFolder: string): Promise<void> {
  const file = join(program, "Pulumi.yaml");
  const plugin = `plugins:\n  providers:\n    - name: openai-certificates\n      path: ${pluginFolder}\n`;
  await writeFile(file, `${await readFile(file, "utf8")}\n${plugin}`);
}

/** Makes a program call a function of the provider instead of declaring a resource. */
export async function replaceByLookup(
  program: string,
  { id }: Language,
  pluginFolder: string,
): Promise<void> {
  const folder = join(__dirname, "programs/lookup", id);
  await cp(folder, program, { recursive: true });
  if (existsSync(join(folder, "Pulumi.yaml"))) await usePlugin(program, pluginFolder);
}

/** Replaces a program by one of a page that calls the API at another address. @param index its position among those of the language. */
export async function replaceByDocumented(
  program: string,
  { codeBlocks: language = "", mainFile }: Language,
  { page, index }: { readonly page: string; readonly index: number },
  { pluginFolder, apiUrl }: { readonly pluginFolder: string; readonly apiUrl: string },
): Promise<void> {
  const block = codeBlocks(readPage(page), language)[index];
  if (!block) throw new Error(`${page} has no code block ${index} in ${language}`);
  const text = block.code
    .replace("https://mtls-eu.api.openai.com/v1", apiUrl)
    // The stack belongs to the project of the example.
    .replace(/^name: .*$/m, `name: ${projectName(program)}`);
  await writeFile(join(program, mainFile), text);
  if (mainFile === "Pulumi.yaml") await usePlugin(program, pluginFolder);
}

/** The name of the project in a program's Pulumi.yaml. */
export function projectName(program: string): string {
  const project = parse(readFileSync(join(program, "Pulumi.yaml"), "utf8")) as { readonly name: string };
  return project.name;
}
