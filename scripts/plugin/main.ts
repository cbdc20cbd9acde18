import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../package.json";
import { BUILD, buildPlugin } from "./buildPlugin";
import { ROOT } from "./bundle";

/** Builds the archives of the provider plugin: `npm run plugin`. */
async function main(): Promise<void> {
  const archives = await buildPlugin({
    entry: join(ROOT, "provider/plugin/main.ts"),
    version,
    license: readFileSync(join(ROOT, "LICENSE"), "utf8"),
    folder: BUILD,
  });
  for (const name of archives)
    console.log(`${name}  ${Math.round(statSync(join(BUILD, name)).size / 1000)} kB`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
