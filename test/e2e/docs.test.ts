import { join } from "node:path";
import { findEngine } from "../engine/findEngine";
import { REPOSITORY } from "../engine/packages";
import { runProcess } from "../engine/process";
import { createSandbox } from "../engine/sandbox";
import { codeBlocks, pages } from "../support/docs";
import { shellCommands } from "../support/shellCommands";

test("the commands and options of Pulumi in README, docs and examples exist", async () => {
  const used = new Map<string, Set<string>>();
  for (const words of pages().flatMap((page) =>
    codeBlocks(page, "sh").flatMap(({ code }) => shellCommands(code)),
  )) {
    // The options after the type in `pulumi do` are those of the plugin: direct.test.ts runs them.
    if (words[0] !== "pulumi" || words[1] === "do") continue;
    const [, command = "", subcommand = ""] = words;
    const name = ["config", "package", "plugin", "policy", "stack"].includes(command)
      ? `${command} ${subcommand}`
      : command;
    const options = used.get(name) ?? new Set();
    for (const word of words.filter((each) => /^--\w/.test(each))) options.add(word);
    used.set(name, options);
  }
  expect([...used.keys()]).toEqual(expect.arrayContaining(["config set", "preview", "up", "refresh"]));
  const engine = await findEngine();
  const sandbox = await createSandbox({ engine });
  for (const [name, options] of used) {
    const { exitCode, output } = await runProcess(engine.pulumi, [...name.split(" "), "--help"], {
      // The help then lists the options of plans, too, which work without it.
      env: { ...sandbox.env, PULUMI_EXPERIMENTAL: "true" },
    });
    expect(exitCode).toBe(0);
    expect([...options].filter((option) => !output.includes(option))).toEqual([]);
  }
  await sandbox.dispose();
});

test("the schema of the plugin passes Pulumi's own check", async () => {
  const engine = await findEngine();
  const sandbox = await createSandbox({ engine });
  const file = join(REPOSITORY, "provider/plugin/schema.json");
  const { exitCode, output } = await runProcess(engine.pulumi, ["schema", "check", file], {
    env: sandbox.env,
  });
  expect([exitCode, output]).toEqual([0, ""]);
  await sandbox.dispose();
});
