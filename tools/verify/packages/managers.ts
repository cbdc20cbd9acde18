import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ProgramFiles } from "../../../test/engine/program";
import { TOOLS } from "./tools";

/** A package manager, and how it is used here. */
export interface Manager {
  /** With its version: "pnpm 12.21.0". */
  readonly name: string;
  /** The command that installs what package.json declares. */
  readonly install: (registry: Registry) => readonly [file: string, ...args: string[]];
  /** Whether the manager installs no tarballs: then it links to the extracted package in the folder `package`. */
  readonly linksFolder?: true;
  /** Files that a project of this manager has. */
  readonly files?: ProgramFiles;
  /** Variables for the installation. */
  readonly installEnv?: (registry: Registry) => Record<string, string>;
  /** Variables that `pulumi` needs, in a project that lies in this folder. */
  readonly runEnv?: (folder: string) => Record<string, string>;
}

/** The registry of the machine's npm. Not all package managers read the settings of npm. */
export interface Registry {
  readonly url: string;
  /** The file with additional certificate authorities, if the machine has one. */
  readonly caFile: string | undefined;
  /** Where all cases keep what they have downloaded. */
  readonly cache: string;
}

const YARN_4 = TOOLS.fileOf("@yarnpkg/cli-dist", "bin/yarn.js");

const yarn4Env = ({ url, caFile, cache }: Registry) => ({
  YARN_NPM_REGISTRY_SERVER: url,
  YARN_GLOBAL_FOLDER: join(cache, "yarn-4"),
  YARN_ENABLE_TELEMETRY: "0",
  // Recent releases are refused by default, and a lock file cannot be written in CI.
  YARN_NPM_MINIMAL_AGE_GATE: "0",
  YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
  ...(caFile !== undefined && { YARN_HTTPS_CA_FILE_PATH: caFile }),
});

export const npm: Manager = {
  name: "npm",
  install: () => ["npm", "install", "--no-audit", "--no-fund"],
};

export const pnpm: Manager = {
  name: `pnpm ${TOOLS.versionOf("pnpm")}`,
  install: ({ cache }) => [
    "node",
    TOOLS.fileOf("pnpm", "bin/pnpm.mjs"),
    "install",
    "--no-frozen-lockfile",
    "--ignore-scripts",
    "--store-dir",
    join(cache, "pnpm"),
  ],
};

export const yarnClassic: Manager = {
  name: `Yarn ${TOOLS.versionOf("yarn")}`,
  install: ({ url, cache }) => [
    "node",
    TOOLS.fileOf("yarn", "bin/yarn.js"),
    "install",
    "--non-interactive",
    "--registry",
    url,
    "--cache-folder",
    join(cache, "yarn-1"),
  ],
};

export const yarnNodeModules: Manager = {
  name: `Yarn ${TOOLS.versionOf("@yarnpkg/cli-dist")} with node_modules`,
  install: () => ["node", YARN_4, "install"],
  files: { ".yarnrc.yml": "nodeLinker: node-modules\n", "yarn.lock": "" },
  installEnv: yarn4Env,
};

export const yarnPlugAndPlay: Manager = {
  name: `Yarn ${TOOLS.versionOf("@yarnpkg/cli-dist")} with Plug'n'Play`,
  install: () => ["node", YARN_4, "install"],
  files: { "yarn.lock": "" },
  installEnv: yarn4Env,
  // What `yarn exec pulumi …` sets.
  runEnv: (folder) => ({ NODE_OPTIONS: `--require ${join(folder, ".pnp.cjs")}` }),
};

/** Older SDKs import ES modules, which Plug'n'Play finds only with its loader. */
export const yarnPlugAndPlayWithLoader: Manager = {
  ...yarnPlugAndPlay,
  name: `${yarnPlugAndPlay.name} and \`pnpEnableEsmLoader\``,
  files: { ".yarnrc.yml": "pnpEnableEsmLoader: true\n", "yarn.lock": "" },
  runEnv: (folder) => ({
    NODE_OPTIONS: `--require ${join(folder, ".pnp.cjs")} --experimental-loader ${pathToFileURL(join(folder, ".pnp.loader.mjs")).href}`,
  }),
};

export const bun: Manager = {
  name: `Bun ${TOOLS.versionOf("bun")}`,
  install: () => [TOOLS.fileOf("bun", "bin/bun.exe"), "install", "--ignore-scripts"],
  installEnv: ({ url, cache }) => ({
    BUN_CONFIG_REGISTRY: url,
    BUN_INSTALL_CACHE_DIR: join(cache, "bun"),
  }),
};

export const deno: Manager = {
  name: `Deno ${TOOLS.versionOf("deno")}`,
  install: () => ["node", TOOLS.fileOf("deno", "bin.cjs"), "install"],
  linksFolder: true,
  files: { "deno.json": JSON.stringify({ nodeModulesDir: "auto", links: ["./package"] }) },
  installEnv: ({ url, caFile, cache }) => ({
    NPM_CONFIG_REGISTRY: url,
    DENO_DIR: join(cache, "deno"),
    ...(caFile !== undefined && { DENO_CERT: caFile }),
  }),
};
