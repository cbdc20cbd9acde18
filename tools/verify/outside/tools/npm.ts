import { NpmTools } from "../../tools/npmTools";
import manifest from "./package.json";

/** The tools that come from npm. */
export const NPM_TOOLS = new NpmTools<keyof typeof manifest.dependencies>(__dirname, manifest.dependencies);
