import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { GoldenCase } from "./cases";
import type { Recorded } from "./recorded";

const FOLDER = join(__dirname, "expected");

/** The page that shows all cases. */
export const REVIEW_PAGE = resolve(__dirname, "../../docs/previews.md");

export async function readGolden({ name }: GoldenCase): Promise<Recorded> {
  const read = async (kind: string) => (await readFile(join(FOLDER, `${name}.${kind}`), "utf8")).trim();
  return {
    messages: await read("messages.txt"),
    diff: await read("diff.txt"),
    report: await read("report.md"),
  };
}

export async function writeGolden({ name }: GoldenCase, { messages, diff, report }: Recorded): Promise<void> {
  await writeFile(join(FOLDER, `${name}.messages.txt`), `${messages}\n`);
  await writeFile(join(FOLDER, `${name}.diff.txt`), `${diff}\n`);
  await writeFile(join(FOLDER, `${name}.report.md`), `${report}\n`);
}

/** The page, made of the golden files. */
export function reviewPage(cases: readonly (GoldenCase & Recorded)[]): string {
  const sections = cases.map(({ name, title, about, messages, diff, report }) =>
    [
      `## ${title}`,
      about,
      `![The report of "${title}"](previews/${name}.png)`,
      "In the preview:",
      `\`\`\`\n${messages || "(nothing)"}\n\`\`\``,
      "<details><summary><code>pulumi preview --diff</code></summary>",
      `\`\`\`\n${diff}\n\`\`\``,
      "</details>",
      "<details><summary>The report, as Markdown</summary>",
      `\`\`\`\`md\n${report}\n\`\`\`\``,
      "</details>",
    ].join("\n\n"),
  );
  return `${[INTRODUCTION, ...sections].join("\n\n")}\n`;
}

const INTRODUCTION = `# What a reviewer sees

Each preview was recorded on a real engine against the [emulator](../test/emulator), and the tests record it again
(\`UPDATE_GOLDEN=1 npx jest --runTestsByPath test/e2e/review.test.ts\` and \`npm run docs:pictures\` regenerate this page).
The picture is the report that \`npx pulumi-openai-certificates report\` writes for a pull request.`;
