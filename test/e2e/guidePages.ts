import type { Emulator } from "../emulator/index";
import { codeBlocks, readPage, section } from "../support/docs";
import type { Page } from "../support/docs";
import type { ShellProject } from "./shellProject";

export const guide = (name: string): Page => readPage(`docs/guides/${name}.md`);

/** Steps 1 and 2 of getting started: the admin key and the provider's client certificate. */
export async function configureAccess(project: ShellProject): Promise<void> {
  const [create, configure] = codeBlocks({ text: section(readPage("README.md"), "Getting started") }, "sh");
  for (const step of [create, configure])
    expect(await project.shell(step?.code ?? "")).toMatchObject({ exitCode: 0 });
}

/** The names of the active certificates, under which they were uploaded. */
export const activeNames = (emulator: Emulator): readonly (string | null)[] =>
  emulator.certificates
    .filter(({ id }) => emulator.activeIds().includes(id))
    .map(({ name }) => name)
    .sort();
