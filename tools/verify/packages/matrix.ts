import type { Case } from "./case";
import {
  bun,
  deno,
  npm,
  pnpm,
  yarnClassic,
  yarnNodeModules,
  yarnPlugAndPlay,
  yarnPlugAndPlayWithLoader,
} from "./managers";
import { commonJs, esModule, typeScript, typeScriptEsModule, typeScriptNode16 } from "./programs";

const TYPES_OF_NODE = { "@types/node": "^22.0.0" };

const TYPESCRIPT_6 = {
  program: typeScriptNode16,
  node: "usual",
  pulumi: "newest",
  devDependencies: { ...TYPES_OF_NODE, typescript: "6.0.3" },
} as const;

/** Each value of each dimension at least once, and the pairs that are most likely to fail. */
export const CASES: readonly Case[] = [
  { id: "npm-commonjs", manager: npm, program: commonJs, node: "oldest", pulumi: "oldest" },
  { id: "npm-esm", manager: npm, program: esModule, node: "newest", pulumi: "newest" },
  {
    id: "npm-typescript-3",
    manager: npm,
    program: typeScript,
    node: "oldest",
    pulumi: "newest",
    // The SDK compiles the program with the TypeScript 3.8.3 that it contains. Later type definitions of Node.js need more.
    devDependencies: { "@types/node": "14.18.63" },
  },
  {
    id: "npm-typescript-5",
    manager: npm,
    program: typeScript,
    node: "newest",
    pulumi: "oldest",
    devDependencies: { ...TYPES_OF_NODE, typescript: "5.9.3" },
  },
  { id: "npm-typescript-6", manager: npm, ...TYPESCRIPT_6 },
  {
    id: "npm-typescript-6-esm",
    manager: npm,
    program: typeScriptEsModule,
    node: "usual",
    pulumi: "newest",
    devDependencies: { ...TYPES_OF_NODE, typescript: "6.0.3", "ts-node": "10.9.2" },
  },
  {
    id: "npm-typescript-7",
    manager: npm,
    program: typeScriptNode16,
    node: "usual",
    pulumi: "newest",
    devDependencies: { ...TYPES_OF_NODE, typescript: "7.0.2" },
    rejectedWith: /peerOptional typescript@">= 3\.8\.3 < 7"/,
  },
  { id: "pnpm", manager: pnpm, program: esModule, node: "usual", pulumi: "newest" },
  { id: "pnpm-typescript", manager: pnpm, ...TYPESCRIPT_6 },
  {
    id: "pnpm-library",
    manager: pnpm,
    program: commonJs,
    layout: "library",
    node: "usual",
    pulumi: "newest",
    rejectedWith: /direct dependency/,
  },
  {
    id: "pnpm-library-direct",
    manager: pnpm,
    program: commonJs,
    layout: "library and direct",
    node: "usual",
    pulumi: "newest",
  },
  {
    id: "pnpm-hoisted-library",
    manager: pnpm,
    program: commonJs,
    layout: "hoisted library",
    node: "usual",
    pulumi: "newest",
  },
  { id: "yarn-1", manager: yarnClassic, program: commonJs, node: "newest", pulumi: "oldest" },
  { id: "yarn-4", manager: yarnNodeModules, program: esModule, node: "usual", pulumi: "newest" },
  {
    id: "pnp-oldest",
    manager: yarnPlugAndPlayWithLoader,
    program: commonJs,
    node: "oldest",
    pulumi: "oldest",
  },
  { id: "pnp-newest", manager: yarnPlugAndPlay, program: commonJs, node: "newest", pulumi: "newest" },
  { id: "pnp-typescript", manager: yarnPlugAndPlay, ...TYPESCRIPT_6 },
  { id: "bun", manager: bun, program: commonJs, node: "usual", pulumi: "newest" },
  { id: "deno", manager: deno, program: commonJs, node: "usual", pulumi: "newest" },
];
