import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RunError } from "@pulumi/pulumi";
import { requireDirectDependency } from "../../../sdk/requireDirectDependency";

const BY_PULUMI = "/program/node_modules/@pulumi/pulumi/cmd/run/index.js";

describe("a program whose folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "program-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const install = () => {
    const target = join(folder, "node_modules/pulumi-openai-certificates");
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, "package.json"), JSON.stringify({ exports: { "./provider": "./index.js" } }));
    writeFileSync(join(target, "index.js"), "throw new Error('is only looked for, not loaded');");
  };

  test("has the package is accepted", () => {
    install();
    requireDirectDependency(BY_PULUMI, folder);
  });

  test("is in a folder that has the package is accepted", () => {
    install();
    requireDirectDependency(BY_PULUMI, join(folder, "programs/mtls"));
  });

  test("does not have the package is rejected, with the folder and the remedy", () => {
    const run = () => {
      requireDirectDependency(BY_PULUMI, folder);
    };
    expect(run).toThrow(RunError);
    expect(run).toThrow(`cannot load pulumi-openai-certificates from ${folder}`);
    expect(run).toThrow(
      "Add pulumi-openai-certificates as a direct dependency to the package.json of the program",
    );
  });

  test.each([undefined, "/repository/node_modules/jest/bin/jest.js", "/service/automation.js"])(
    "does not have the package is accepted where Pulumi does not run it: %s",
    (script) => {
      requireDirectDependency(script, folder);
    },
  );
});
