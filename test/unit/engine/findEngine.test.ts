import type { Attempt, Engine, Origin } from "../../engine/engine";
import { chooseEngine, EngineNotFound } from "../../engine/findEngine";
import type { Sources } from "../../engine/sources";
import { OLDEST_VERSION, oldestGo } from "../../engine/version";

const engine = (origin: Origin): Engine => ({
  binFolder: "/bin",
  pulumi: "/bin/pulumi",
  version: "3.300.0",
  origin,
});

/** Sources of which only some have an engine, and the order in which they were tried. */
function sourcesWith(has: readonly Origin[]) {
  const happened: string[] = [];
  const lines: string[] = [];
  const attempt = async (origin: Origin): Promise<Attempt> => {
    happened.push(origin);
    return has.includes(origin) ? { engine: engine(origin) } : { reason: `${origin} has none` };
  };
  const sources: Sources = {
    path: () => attempt("path"),
    cache: () => attempt("cache"),
    installer: () => attempt("installer"),
    go: () => attempt("go"),
  };
  const choose = () => chooseEngine(sources, (line) => lines.push(line));
  return { choose, happened, lines };
}

describe("the choice of an engine", () => {
  test.each<{ has: Origin[]; chosen: Origin; happened: string[] }>([
    { has: ["path", "cache", "installer", "go"], chosen: "path", happened: ["path"] },
    { has: ["cache", "installer", "go"], chosen: "cache", happened: ["path", "cache"] },
    {
      has: ["installer", "go"],
      chosen: "installer",
      happened: ["path", "cache", "installer"],
    },
    { has: ["go"], chosen: "go", happened: ["path", "cache", "installer", "go"] },
  ])("takes $chosen when $has have one, and tries no other source", async ({ has, chosen, happened }) => {
    const sources = sourcesWith(has);
    expect(await sources.choose()).toEqual(engine(chosen));
    expect(sources.happened).toEqual(happened);
  });

  test("logs nothing when there is an engine already", async () => {
    const { choose, lines } = sourcesWith(["cache"]);
    await choose();
    expect(lines).toEqual([]);
  });

  test("logs why it continues, before each step that may take minutes", async () => {
    const { choose, lines } = sourcesWith(["go"]);
    await choose();
    expect(lines).toEqual(["path has none", "cache has none", "the installer failed: installer has none"]);
  });

  test("fails with every reason and a remedy when no source has an engine", async () => {
    const { choose, happened } = sourcesWith([]);
    const failure = await choose().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EngineNotFound);
    expect((failure as Error).message.split("\n")).toEqual([
      "No Pulumi engine was found, and none could be installed or built:",
      "- PATH: path has none",
      "- the cache: cache has none",
      "- the vendor's installer: installer has none",
      "- a build with Go: go has none",
      `Install the Pulumi CLI, ${OLDEST_VERSION} or newer (https://www.pulumi.com/docs/install/),`,
      `or Go, ${oldestGo()} or newer (https://go.dev/dl/), and run this again.`,
    ]);
    expect(happened).toEqual(["path", "cache", "installer", "go"]);
  });
});
