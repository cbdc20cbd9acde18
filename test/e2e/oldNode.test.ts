import { nodeOptions } from "../engine/nodeOptions";
import { activationIn, createFixture } from "./fixture";
import type { Fixture } from "./fixture";

const ON_OLD_NODE = { NODE_OPTIONS: nodeOptions("oldNode.js") };
const MESSAGE =
  "pulumi-openai-certificates needs Node.js 22.15 or a later 22, or 24 or later. This is Node.js 20.11.1";

describe("on an old Node.js", () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await createFixture();
    await fixture.setIds(["cert_01"]);
    await fixture.stack.up();
    fixture.emulator.clearLog();
  });
  afterAll(() => fixture.dispose());

  test.each([[["preview"]], [["destroy", "--yes", "--skip-preview"]]])(
    "%j names the required version, and changes nothing",
    async (command) => {
      const { exitCode, output } = await fixture.stack.run(command, ON_OLD_NODE);
      expect(exitCode).not.toBe(0);
      expect(output).toContain(MESSAGE);
      expect(fixture.emulator.log).toEqual([]);
      expect(await activationIn(fixture.stack)).toBeDefined();
    },
  );
});
