import { readFileSync } from "node:fs";
import { join } from "node:path";

const PAGE = join(__dirname, "../../docs/examples.md");

/** What schemas call the languages of the page's code blocks. */
const LANGUAGES: Readonly<Record<string, string>> = {
  ts: "typescript",
  python: "python",
  go: "go",
  csharp: "csharp",
  java: "java",
  yaml: "yaml",
};

const CODE_BLOCK = /```(\w+)\n([\s\S]*?)```/g;

/**
 * The example of a resource or function in docs/examples.md, in the form from which generators take the part of their
 * language. Source: `DocsExamples` of pulumi, pkg/codegen.
 * @throws Error unless the page has it in each language.
 */
export function exampleOf(name: string): string {
  const sections = readFileSync(PAGE, "utf8").split(/^## /m);
  const section = sections.find((each) => each.startsWith(`${name}\n`)) ?? "";
  const blocks = [...section.matchAll(CODE_BLOCK)];
  const languages = blocks.map(([, language = ""]) => language);
  if (languages.join() !== Object.keys(LANGUAGES).join())
    throw new Error(`${PAGE}: ${name} needs an example in each of ${Object.keys(LANGUAGES).join(", ")}`);
  const title =
    section
      .slice(name.length, section.indexOf("```"))
      .trim()
      .split(/\.(?:\s|$)/)[0] ?? name;
  const code = blocks.map(
    ([, language = "", text = ""]) => `\`\`\`${LANGUAGES[language] ?? ""}\n${text}\`\`\``,
  );
  return [
    "{{% examples %}}\n## Example Usage",
    `{{% example %}}\n### ${title}`,
    ...code,
    "{{% /example %}}",
    "{{% /examples %}}",
  ].join("\n\n");
}
