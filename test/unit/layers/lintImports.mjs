import { Linter } from "eslint";
import tseslint from "typescript-eslint";
import config from "../../../eslint.config.mjs";

const RULE = "import-x/no-restricted-paths";
const { plugins, settings, rules } = config.find((entry) => entry.rules?.[RULE]);
const onlyRule = {
  files: ["**/*.ts"],
  languageOptions: { parser: tseslint.parser },
  plugins,
  settings,
  rules: { [RULE]: rules[RULE] },
};

/** Prints, for each file and the path it imports, whether the rule about layers rejects that. */
const cases = JSON.parse(process.argv[2]);
const linter = new Linter({ cwd: process.cwd() });
const results = cases.map(([file, imported]) => {
  const messages = linter.verify(`import type { Any } from "${imported}";`, [onlyRule], { filename: file });
  return messages.map(({ ruleId, message }) => ruleId ?? message);
});
process.stdout.write(JSON.stringify(results));
