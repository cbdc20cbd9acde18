import { join } from "node:path";
import { NpmTools } from "../tools/npmTools";
import manifest from "./tools/package.json";

export type ToolPackage = keyof typeof manifest.dependencies;

/** The package managers, runtimes and tools that check packages. */
export const TOOLS = new NpmTools<ToolPackage>(join(__dirname, "tools"), manifest.dependencies);
