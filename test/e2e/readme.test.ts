import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Emulator } from "../emulator/index";
import { codeBlocks, readPage, section } from "../support/docs";
import { createShellProject } from "./shellProject";
import type { ShellProject } from "./shellProject";

const README = readPage("README.md");

let emulator: Emulator;
let project: ShellProject;

beforeAll(async () => {
  project = await createShellProject();
  ({ emulator } = project);
  await project.follow(section(readPage("docs/guides/rehearsal.md"), "A project"));
});
afterAll(() => project.dispose());

describe("the README, against enforcement", () => {
  test("leads from an empty project to active certificates by the commands of getting started", async () => {
    const text = section(README, "Getting started");
    const steps = codeBlocks({ text }, "sh", "ts");
    expect(steps.map(({ language }) => language)).toEqual(["sh", "sh", "ts", "sh"]);
    const output = await project.follow(text);
    expect(emulator.activeIds()).toEqual(["cert_abc", "cert_def"]);
    expect(output).toContain('+ cert_def "Gateway 2027"');
    expect(output).not.toContain(emulator.adminKey);
  });

  test("shows a program that changes nothing after that", async () => {
    const [example] = codeBlocks(README, "ts");
    await writeFile(join(project.folder, "index.ts"), example?.code ?? "");
    emulator.clearLog();
    const { exitCode, output } = await project.shell("pulumi up");
    expect(exitCode).toBe(0);
    expect(output).toContain("2 unchanged");
    expect(emulator.log).toEqual([]);
  });

  test("shows how the command reports a preview and adopts the active certificates", async () => {
    const { exitCode, output } = await project.shell(
      [
        ...codeBlocks(
          { text: section(readPage("docs/guides/adopting.md"), "Settings for the command") },
          "sh",
        ),
        ...codeBlocks({ text: section(README, "Command line") }, "sh"),
      ]
        .map(({ code }) => code)
        .join(""),
    );
    expect(output).toContain("no certificate changes");
    expect(exitCode).toBe(0);
    const adopted = await readFile(join(project.folder, "adopted.ts"), "utf8");
    expect(adopted).toContain('"cert_abc", // Gateway 2026');
  });
});
