import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ids } from "../support/ids";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";
import { pluginProgram } from "./plugin/program";
import { activation, declaring } from "./transition";

interface EngineEvent {
  readonly diagnosticEvent?: {
    readonly urn?: string;
    readonly message: string;
    readonly ephemeral?: boolean;
  };
}

describe.each([
  ["dynamic", declaring],
  ["plugin", pluginProgram],
] as const)("what a long operation of %s resources shows", (kind, programOf) => {
  let fixture: Fixture;
  afterAll(() => fixture.dispose());

  test("is the chunk that is sent, and nothing of it is kept", async () => {
    fixture = await createFixture({ program: programOf(activation("a", ids(1, 25))) });
    const log = join(fixture.stack.folder, "events.json");
    const { exitCode, output } = await fixture.stack.run(
      ["up", "--yes", "--skip-preview", "--event-log", log],
      {
        PULUMI_DEBUG_COMMANDS: "true",
      },
    );
    expect(exitCode).toBe(0);
    const lines = (await readFile(log, "utf8")).split("\n").filter((line) => line !== "");
    const found = lines
      .flatMap((line) => (JSON.parse(line) as EngineEvent).diagnosticEvent ?? [])
      .filter(({ message }) => message.includes("chunk "));
    expect(output).toMatch(/ a created \([\d.]+s\) *$/m);
    expect(found.map(({ message }) => /chunk \d of \d/.exec(message)?.[0])).toEqual([
      "chunk 1 of 3",
      "chunk 2 of 3",
      "chunk 3 of 3",
    ]);
    for (const { ephemeral, urn = "" } of found) {
      expect(ephemeral).toBe(true);
      expect(urn).toMatch(kind === "plugin" ? /::a$/ : /^$|pulumi:pulumi:Stack/);
    }
    const [, kept = ""] = output.split("Diagnostics:");
    expect(kept).toContain("25 to activate");
    expect(kept).not.toContain("chunk ");
  });
});
