import { createHash } from "node:crypto";
import { linkSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";
import { PLUGIN_PROGRAM } from "./plugin/program";

/** The ports that an engine may get from Linux. */
const [FIRST_PORT, LAST_PORT] = [32_768, 60_999];

describe.each([
  ["dynamic resource", {}],
  ["resource of the plugin", { program: PLUGIN_PROGRAM }],
])("an update of a %s", (_, program) => {
  let temporary: string;
  let fixture: Fixture;
  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), "leftovers-"));
    fixture = await createFixture({ ...program, env: { TMPDIR: temporary } });
  });
  afterAll(async () => {
    await fixture.dispose();
    await rm(temporary, { recursive: true, force: true });
  });

  const folder = () => join(temporary, `pulumi-openai-certificates-${process.getuid?.()}`);

  async function deactivateOne(): Promise<string> {
    await fixture.setIds(["cert_01", "cert_02"]);
    expect(await fixture.stack.up()).toMatchObject({ exitCode: 0 });
    await fixture.setIds(["cert_01"]);
    const { exitCode, output } = await fixture.stack.up();
    expect(exitCode).toBe(0);
    expect(fixture.emulator.activeIds()).toEqual(["cert_01"]);
    return output;
  }

  test("leaves no more than the sockets of its own processes behind", async () => {
    for (let update = 0; update < 3; update += 1) await deactivateOne();
    expect((await readdir(folder())).length).toBeLessThanOrEqual(2);
  });

  test("is not changed by files that were left for every port", async () => {
    await mkdir(folder(), { recursive: true, mode: 0o700 });
    const left = join(temporary, "left");
    const facts = { checks: { running: 1, lastAt: Number.MAX_SAFE_INTEGER }, scopes: [] };
    await writeFile(left, JSON.stringify(facts));
    for (let port = FIRST_PORT; port <= LAST_PORT; port += 1) {
      const run = createHash("sha256").update(`127.0.0.1:${port}`).digest("hex").slice(0, 8);
      // One file with many names takes a fraction of the time of many files.
      linkSync(left, join(folder(), `${run}-aaaaaaaaaa`));
    }
    expect(await deactivateOne()).not.toContain("cannot share");
  });

  test("continues with a warning where the folder cannot be used", async () => {
    await rm(folder(), { recursive: true });
    await writeFile(folder(), "");
    expect(await deactivateOne()).toContain(
      "warning: cannot share declared ids with other provider processes",
    );
  });
});
