/** What @secretlint/secretlint-rule-openai is given, as far as it needs it. */
interface Rule {
  create(context: { createTranslator(): () => string; report(finding: unknown): void }): {
    file(source: { readonly content: string }): void;
  };
}

let rule: Rule | undefined;

/** Whether a public scanner of secrets, which knows nothing of this project, finds a key of OpenAI in a text. */
export function isFoundByPublicScanner(text: string): boolean {
  rule ??= load();
  let found = false;
  const report = (): void => {
    found = true;
  };
  rule.create({ createTranslator: () => () => "", report }).file({ content: text });
  return found;
}

function load(): Rule {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- It is an ES module.
  const { creator } = require("@secretlint/secretlint-rule-openai") as { readonly creator: Rule };
  return creator;
}
