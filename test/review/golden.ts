import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type ReviewCase } from "./cases";
import { type Recorded } from "./recorded";

const FOLDER = join(__dirname, "golden");

/** The page that shows all cases. */
export const REVIEW_PAGE = resolve(__dirname, "../../docs/review.md");

export async function readGolden({ name }: ReviewCase): Promise<Recorded> {
  const [diff, report] = await Promise.all(
    ["diff.txt", "report.md"].map((kind) => readFile(join(FOLDER, `${name}.${kind}`), "utf8")),
  );
  return { diff: (diff ?? "").trim(), report: (report ?? "").trim() };
}

export async function writeGolden({ name }: ReviewCase, { diff, report }: Recorded): Promise<void> {
  await writeFile(join(FOLDER, `${name}.diff.txt`), `${diff}\n`);
  await writeFile(join(FOLDER, `${name}.report.md`), `${report}\n`);
}

/** The page, made of the golden files. */
export function reviewPage(cases: readonly (ReviewCase & Recorded)[]): string {
  const sections = cases.map(({ name, title, about, diff, report }) =>
    [
      `## ${title}`,
      about,
      `![The report of "${title}"](review/${name}.png)`,
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

Each case was played on a real engine against the [emulator](../test/emulator), and is played again by the tests
(\`UPDATE_GOLDEN=1 npx jest --runTestsByPath test/program/review.test.ts\` and \`npm run docs:pictures\` write it anew). The
picture is the report that \`npx pulumi-openai-certificates report\` writes for a pull request; days from today read
"N days" here.`;
