import { cpSync, existsSync, mkdirSync, readdirSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { fillCache } from "../../engine/fillCache";
import { OLDEST_VERSION } from "../../engine/version";
import { COMPANIONS, folderWith, pulumi, removeTemporaryFolders, temporaryFolder } from "./folders";

afterAll(removeTemporaryFolders);

const newCache = (): string => join(temporaryFolder(), "below", "engine");

/** Creates an engine whose `pulumi` prints a version. */
const makeEngine = (version: string) => async (target: string) => {
  cpSync(folderWith({ ...pulumi(`echo v${version}`), ...COMPANIONS }), join(target, "bin"), {
    recursive: true,
  });
  return undefined;
};

const fill = (folder: string, make: (target: string) => Promise<string | undefined>) =>
  fillCache(folder, "go", make);

const entries = (folder: string): string[] => readdirSync(dirname(folder));

describe("filling the cache", () => {
  test("moves a complete engine there, and leaves nothing else behind", async () => {
    const folder = newCache();
    const binFolder = join(folder, "bin");
    expect(await fill(folder, makeEngine(OLDEST_VERSION))).toMatchObject({
      engine: { binFolder, version: OLDEST_VERSION, origin: "go" },
    });
    expect(entries(folder)).toEqual(["engine"]);
  });

  test("returns the reason for a failure, and leaves nothing behind", async () => {
    const folder = newCache();
    expect(await fill(folder, async () => "no network")).toEqual({ reason: "no network" });
    expect(entries(folder)).toEqual([]);
  });

  test("leaves nothing behind when an error is thrown", async () => {
    const folder = newCache();
    await expect(fill(folder, () => Promise.reject(new Error("no space")))).rejects.toThrow("no space");
    expect(entries(folder)).toEqual([]);
  });

  test("does not move an engine there that does not run", async () => {
    const folder = newCache();
    expect(await fill(folder, async () => undefined)).toHaveProperty("reason");
    expect(entries(folder)).toEqual([]);
  });

  test("replaces a broken engine", async () => {
    const folder = newCache();
    mkdirSync(join(folder, "bin"), { recursive: true });
    expect(await fill(folder, makeEngine(OLDEST_VERSION))).toHaveProperty("engine.version", OLDEST_VERSION);
  });

  test("keeps the engine that another process has put there in the meantime", async () => {
    const folder = newCache();
    const make = async (target: string) => {
      await fill(folder, makeEngine(OLDEST_VERSION));
      return makeEngine("3.999.0")(target);
    };
    expect(await fill(folder, make)).toHaveProperty("engine.version", OLDEST_VERSION);
  });

  test("works in several processes at the same time", async () => {
    const folder = newCache();
    const engines = await Promise.all(
      Array.from({ length: 4 }, () => fill(folder, makeEngine(OLDEST_VERSION))),
    );
    for (const attempt of engines) expect(attempt).toHaveProperty("engine.version", OLDEST_VERSION);
    expect(entries(folder)).toEqual(["engine"]);
  });

  test("deletes what interrupted runs left behind, but not what another process is creating", async () => {
    const folder = newCache();
    const [old, recent] = [`${folder}.old.tmp`, `${folder}.recent.tmp`];
    for (const leftover of [old, recent]) mkdirSync(leftover, { recursive: true });
    utimesSync(old, 0, 0);
    await fill(folder, async () => "no network");
    expect([old, recent].map((leftover) => existsSync(leftover))).toEqual([false, true]);
  });
});
