import { type Attempt, type Engine, type Origin } from "../../engine/engine";
import { chooseEngine, EngineNotFound } from "../../engine/findEngine";
import { type Sources } from "../../engine/sources";
import { oldestGo, oldestVersion } from "../../engine/version";

const engine = (origin: Origin): Engine => ({
  binFolder: "/bin",
  pulumi: "/bin/pulumi",
  version: "3.300.0",
  origin,
});

/** Sources of which only some have an engine, and everything that happened to them, in order. */
function sourcesWith(has: readonly Origin[], filledMeanwhile = false) {
  const happened: string[] = [];
  const lines: string[] = [];
  let isFilled = has.includes("cache");
  const asked = async (origin: Origin, answers = has.includes(origin)): Promise<Attempt> => {
    happened.push(origin);
    return answers ? { engine: engine(origin) } : { reason: `${origin} has none` };
  };
  const sources: Sources = {
    path: () => asked("path"),
    cache: () => asked("cache", isFilled),
    installer: () => asked("installer"),
    go: () => asked("go"),
    exclusively: async (work) => {
      happened.push("lock");
      isFilled ||= filledMeanwhile;
      try {
        return await work();
      } finally {
        happened.push("unlock");
      }
    },
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
      happened: ["path", "cache", "lock", "cache", "installer", "unlock"],
    },
    { has: ["go"], chosen: "go", happened: ["path", "cache", "lock", "cache", "installer", "go", "unlock"] },
  ])("takes $chosen when $has have one, and asks no further", async ({ has, chosen, happened }) => {
    const scene = sourcesWith(has);
    expect(await scene.choose()).toEqual(engine(chosen));
    expect(scene.happened).toEqual(happened);
  });

  test("takes what another process put into the cache while this one waited, and says nothing", async () => {
    const { choose, happened, lines } = sourcesWith(["installer"], true);
    expect(await choose()).toEqual(engine("cache"));
    expect(happened).toEqual(["path", "cache", "lock", "cache", "unlock"]);
    expect(lines).toEqual([]);
  });

  test("is silent when there is an engine already", async () => {
    const { choose, lines } = sourcesWith(["cache"]);
    await choose();
    expect(lines).toEqual([]);
  });

  test("says why it goes on, before each step that may take minutes", async () => {
    const { choose, lines } = sourcesWith(["go"]);
    await choose();
    expect(lines).toEqual([
      "path has none",
      "cache has none",
      "the installer did not get it: installer has none",
    ]);
  });

  test("ends with every reason and with what a person can do, when nothing works", async () => {
    const { choose, happened } = sourcesWith([]);
    const failure = await choose().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(EngineNotFound);
    expect((failure as Error).message.split("\n")).toEqual([
      "No Pulumi engine was found, and none could be had:",
      "- PATH: path has none",
      "- the cache: cache has none",
      "- the vendor's installer: installer has none",
      "- a build with Go: go has none",
      `Install the Pulumi CLI, ${oldestVersion} or newer (https://www.pulumi.com/docs/install/),`,
      `or Go, ${oldestGo()} or newer (https://go.dev/dl/), and run this again.`,
    ]);
    expect(happened.at(-1)).toBe("unlock");
  });
});
