import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { composeSchema } from "./schema";

/** Writes the schema that the plugin serves: `npm run build:schema`. */
const FILE = resolve(__dirname, "../../provider/plugin/schema.json");

writeFileSync(FILE, `${JSON.stringify(composeSchema(), undefined, 2)}\n`);
