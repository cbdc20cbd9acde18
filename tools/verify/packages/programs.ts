import type { ProgramFiles } from "../../../test/engine/program";

/** A program that declares one resource, in one of the ways in which programs are written. */
export interface ProgramKind {
  readonly name: string;
  readonly files: ProgramFiles;
  /** Entries of package.json. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

const JAVASCRIPT = "name: program\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n";
const TYPESCRIPT = "name: program\nruntime: nodejs\n";

const ARGUMENTS = `"mtls", { certificateIds: ["cert_01", "cert_02"] }`;

export const commonJs: ProgramKind = {
  name: "CommonJS",
  manifest: { main: "index.js" },
  files: {
    "Pulumi.yaml": JAVASCRIPT,
    "index.js": `const { OrgCertificateActivation } = require("pulumi-openai-certificates");
const mtls = new OrgCertificateActivation(${ARGUMENTS});
exports.enforced = mtls.enforced;
`,
  },
};

export const esModule: ProgramKind = {
  name: "ES module",
  manifest: { main: "index.js", type: "module" },
  files: {
    "Pulumi.yaml": JAVASCRIPT,
    "index.js": `import { OrgCertificateActivation } from "pulumi-openai-certificates";
const mtls = new OrgCertificateActivation(${ARGUMENTS});
export const enforced = mtls.enforced;
`,
  },
};

const TYPED = `import * as pulumi from "@pulumi/pulumi";
import { OrgCertificateActivation } from "pulumi-openai-certificates";
const mtls = new OrgCertificateActivation(${ARGUMENTS});
export const enforced: pulumi.Output<boolean | undefined> = mtls.enforced;
`;

/** With the options that Pulumi's template of that time wrote. */
export const typeScript: ProgramKind = {
  name: "TypeScript",
  manifest: { main: "index.ts" },
  files: {
    "Pulumi.yaml": TYPESCRIPT,
    "tsconfig.json": tsconfig({ target: "es2020", module: "commonjs", moduleResolution: "node" }),
    "index.ts": TYPED,
  },
};

/** TypeScript 6 rejects the module resolution of old programs. */
export const typeScriptNode16: ProgramKind = {
  name: "TypeScript",
  manifest: { main: "index.ts" },
  files: {
    "Pulumi.yaml": TYPESCRIPT,
    "tsconfig.json": tsconfig({ target: "es2022", module: "node16", moduleResolution: "node16" }),
    "index.ts": TYPED,
  },
};

/** Needs ts-node 10, which the SDK does not contain. */
export const typeScriptEsModule: ProgramKind = {
  name: "TypeScript, ES module",
  manifest: { main: "index.ts", type: "module" },
  files: {
    "Pulumi.yaml": TYPESCRIPT,
    "tsconfig.json": tsconfig({ target: "es2022", module: "nodenext", moduleResolution: "nodenext" }),
    "index.ts": TYPED,
  },
};

function tsconfig(compilerOptions: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ compilerOptions: { ...compilerOptions, strict: true, types: ["node"] } });
}
