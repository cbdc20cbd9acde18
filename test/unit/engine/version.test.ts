import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { goModules, isAtLeast, OLDEST_VERSION, oldestGo, pinnedVersion } from "../../engine/version";

describe("a version", () => {
  test.each([
    ["3.259.0", "3.259.0", true],
    ["3.259.1", "3.259.0", true],
    ["3.1000.0", "3.259.0", true],
    ["4.0.0", "3.259.9", true],
    ["3.99.0", "3.259.0", false],
    ["2.999.999", "3.0.0", false],
    ["3.259.0-dev.1", "3.259.0", true],
    ["v3.259.0", "3.259.0", true],
    ["go1.26", "1.26.0", true],
    ["go1.25.9", "1.26.0", false],
    ["devel", "1.0.0", false],
  ])("%s is at least %s: %p", (version, minimum, expected) => {
    expect(isAtLeast(version, minimum)).toBe(expected);
  });

  const parts = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20));

  test("is ordered by its numbers, the first that differs deciding", () => {
    fc.assert(
      fc.property(parts, parts, (have, want) => {
        const rank = ([major, minor, patch]: readonly [number, number, number]) =>
          major * 10_000 + minor * 100 + patch;
        expect(isAtLeast(have.join("."), want.join("."))).toBe(rank(have) >= rank(want));
      }),
    );
  });
});

describe("the go.mod files", () => {
  test("pin the engine to one released version", () => {
    expect(pinnedVersion()).toMatch(/^3\.\d+\.\d+$/);
  });

  test("pin an engine that would be accepted from PATH", () => {
    expect(isAtLeast(pinnedVersion(), OLDEST_VERSION)).toBe(true);
  });

  test.each(Object.entries(goModules))("of %s do not require a newer Go than documented", (_, folder) => {
    const wanted = /^go (\S+)$/m.exec(readFileSync(join(folder, "go.mod"), "utf8"))?.[1];
    expect(wanted).toBeDefined();
    expect(isAtLeast(oldestGo(), wanted ?? "")).toBe(true);
  });
});
