import { join } from "node:path";
import { REPOSITORY } from "../../../test/engine/packages";
import { runProcess } from "../../../test/engine/process";
import type { Check } from "../check";
import { TOOLS } from "./tools";
import { nodeFolder, nodeVersion } from "./versions";

const TEST = "test/integration/authorities.test.ts";

/**
 * Which authorities are trusted with `caBundle`, on the oldest and the newest supported Node.js: with `--use-openssl-ca`, the
 * provider calls a method of Node.js that is not documented.
 */
export const AUTHORITIES: readonly Check[] = (["oldest", "newest"] as const).map((node) => ({
  id: `authorities-${node}`,
  subject: "the authorities that are trusted with `caBundle`, and with `--use-openssl-ca`",
  tool: `Node.js ${nodeVersion(node)}`,
  async run(log) {
    await TOOLS.install(log);
    const { exitCode, output } = await runProcess(
      process.execPath,
      [join(REPOSITORY, "node_modules/jest/bin/jest.js"), "--runTestsByPath", TEST],
      { cwd: REPOSITORY, env: { ...process.env, NODE_UNDER_TEST: join(nodeFolder(node), "node") } },
    );
    return { figures: TEST, problems: exitCode === 0 ? [] : [output] };
  },
}));
