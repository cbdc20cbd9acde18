import { runProcess } from "../../../test/engine/process";
import type { Check, Finding, Log } from "../check";
import type { Case } from "./case";
import { runInstalled } from "./installed";
import { npm } from "./managers";
import { commonJs } from "./programs";
import { TOOLS } from "./tools";
import type { ToolPackage } from "./tools";

/** What imports every public name of both entry points. */
const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import { OrgCertificateActivation, TrustedCertificates, getCertificates } from "pulumi-openai-certificates";
import * as plugin from "pulumi-openai-certificates/plugin";
import type { CertificateState, FoundCertificate, ListedCertificate } from "pulumi-openai-certificates";

const mtls = new OrgCertificateActivation("mtls", { certificateIds: ["cert_01", "cert_02"] });
export const ids: pulumi.Output<string[]> = mtls.certificateIds;
export const enforced: pulumi.Output<boolean | undefined> = mtls.enforced;
export const listed: Promise<ListedCertificate[]> = getCertificates();
export const state = (found: FoundCertificate): CertificateState => found;
export const components: unknown[] = [TrustedCertificates, plugin.OrgCertificateActivation, plugin.Provider];
`;

/** What must be an error: otherwise the types of the package are not known, and everything is accepted. */
const INVALID = `
import { OrgCertificateActivation } from "pulumi-openai-certificates";
new OrgCertificateActivation("mtls", { certificateIds: 1 });
`;

type Compiler = Extract<ToolPackage, `typescript-${string}`>;

interface Compilation {
  readonly compiler: Compiler;
  readonly module: string;
  readonly moduleResolution: "node" | "node16" | "nodenext" | "bundler";
}

interface Group {
  readonly pulumi: Case["pulumi"];
  /** The version of `@types/node`: the newest ones that TypeScript before 5 reads, or those of a supported Node.js. */
  readonly typesOfNode: string;
  readonly compilations: readonly Compilation[];
}

const GROUPS: readonly Group[] = [
  {
    pulumi: "oldest",
    typesOfNode: "14.18.63",
    compilations: [
      { compiler: "typescript-3.8", module: "commonjs", moduleResolution: "node" },
      { compiler: "typescript-4.9", module: "commonjs", moduleResolution: "node" },
      { compiler: "typescript-4.9", module: "node16", moduleResolution: "node16" },
    ],
  },
  {
    pulumi: "newest",
    typesOfNode: "^22.0.0",
    compilations: [
      { compiler: "typescript-5.9", module: "commonjs", moduleResolution: "node" },
      { compiler: "typescript-5.9", module: "node16", moduleResolution: "node16" },
      { compiler: "typescript-5.9", module: "esnext", moduleResolution: "bundler" },
      { compiler: "typescript-6", module: "nodenext", moduleResolution: "nodenext" },
      { compiler: "typescript-6", module: "esnext", moduleResolution: "bundler" },
      { compiler: "typescript-7", module: "nodenext", moduleResolution: "nodenext" },
      { compiler: "typescript-7", module: "esnext", moduleResolution: "bundler" },
    ],
  },
];

/** Compiles a program that uses the whole package, with all declarations checked. */
export function declarations(tarball: () => Promise<string>): Check {
  return {
    id: "declarations",
    subject: "the declarations, under `strict` with `skipLibCheck: false`",
    tool: `TypeScript ${[...new Set(GROUPS.flatMap(({ compilations }) => compilations.map(({ compiler }) => TOOLS.versionOf(compiler))))].join(", ")}`,
    async run(log) {
      await TOOLS.install(log);
      const findings: Finding[] = [];
      for (const group of GROUPS) findings.push(await compileGroup(group, await tarball(), log));
      const count = GROUPS.reduce((sum, { compilations }) => sum + compilations.length, 0);
      return {
        figures: `${count} pairs of a version and a module resolution`,
        problems: findings.flatMap(({ problems }) => problems),
      };
    },
  };
}

function compileGroup(
  { pulumi, typesOfNode, compilations }: Group,
  tarball: string,
  log: Log,
): Promise<Finding> {
  const testCase: Case = {
    id: "declarations",
    manager: npm,
    program: { ...commonJs, files: { ...commonJs.files, "valid.ts": PROGRAM, "invalid.ts": INVALID } },
    node: "usual",
    pulumi,
    devDependencies: { "@types/node": typesOfNode },
  };
  return runInstalled(testCase, tarball, async ({ stack: { folder } }) => {
    const problems: string[] = [];
    for (const compilation of compilations) {
      log(`compiling with ${nameOf(compilation)}`);
      const { output } = await compile(compilation, folder);
      problems.push(...errorsIn(output).map((error) => `${nameOf(compilation)}: ${error}`));
    }
    return { figures: "", problems };
  });
}

/** What is wrong with the output of a compiler that must report exactly one error, that of the invalid program. */
export function errorsIn(output: string): readonly string[] {
  const errors = output.split("\n").filter((line) => line.includes("error TS"));
  const others = errors.filter((line) => !/^invalid\.ts.*TS2322/.test(line));
  return others.length < errors.length ? others : [...others, "accepts a number as certificateIds"];
}

function compile({ compiler, module, moduleResolution }: Compilation, folder: string) {
  const args = [TOOLS.fileOf(compiler, "bin/tsc"), "--noEmit", "--strict", "--skipLibCheck", "false"];
  args.push("--target", "es2020", "--types", "node", "--pretty", "false");
  args.push("--module", module, "--moduleResolution", moduleResolution, "valid.ts", "invalid.ts");
  return runProcess(process.execPath, args, { cwd: folder });
}

function nameOf({ compiler, moduleResolution }: Compilation): string {
  return `TypeScript ${TOOLS.versionOf(compiler)} with moduleResolution ${moduleResolution}`;
}
