import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import MarkdownIt from "markdown-it";
import { runProcess } from "../../test/engine/process";
import { CASES } from "../../test/golden/cases";
import { readGolden, REVIEW_PAGE } from "../../test/golden/golden";

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A browser without a window and without network requests. */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
];

/**
 * Draws the report of each case as GitHub would show it: `npm run docs:pictures`. With `-- 700 FOLDER`, at the width of a
 * narrow comment into another folder.
 */
async function main(): Promise<void> {
  const browser = BROWSERS.find((path) => existsSync(path));
  if (browser === undefined)
    throw new Error("install Chromium (on Debian: apt-get install chromium), and run this again");
  const style = readFileSync(require.resolve("github-markdown-css/github-markdown-light.css"), "utf8");
  const renderer = new MarkdownIt({ html: true, linkify: true });
  const [width = "1000", folderOfPictures = join(dirname(REVIEW_PAGE), "previews")] = process.argv.slice(2);
  const folder = await mkdtemp(join(tmpdir(), "review-pictures-"));
  try {
    for (const each of CASES) {
      const { report } = await readGolden(each);
      const page = join(folder, `${each.name}.html`);
      const body = `<article class="markdown-body" style="padding: 24px">${withCallouts(renderer.render(folded(report)))}</article>`;
      await writeFile(page, `<!doctype html><meta charset="utf-8"><style>${style}</style>${body}`);
      const picture = join(folderOfPictures, `${each.name}.png`);
      const height = heightOf(report);
      const { exitCode, output } = await runProcess(browser, [
        ...FLAGS,
        `--user-data-dir=${join(folder, "profile")}`,
        `--screenshot=${picture}`,
        `--window-size=${width},${height}`,
        `file://${page}`,
      ]);
      if (exitCode !== 0 || !existsSync(picture)) throw new Error(`no picture of ${each.name}:\n${output}`);
      console.log(picture);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** About as many pixels as a narrow comment needs. */
function heightOf(report: string): number {
  const lines = report.replace(/(<\/summary>)[^]*?<\/details>/g, "$1").split("\n");
  const heights = lines.map((line) =>
    line.startsWith("|") ? 62 : line === "" ? 0 : 24 * Math.ceil(line.length / 75) + 20,
  );
  return 100 + heights.reduce((sum, height) => sum + height, 0);
}

/** GitHub draws the timeline, which is a chart in Mermaid; markdown-it does not. */
function folded(report: string): string {
  return report.replace("<details open>", "<details>");
}

/** GitHub shows `> [!CAUTION]` as a callout; markdown-it as a quotation that begins with these characters. */
function withCallouts(html: string): string {
  return html.replace(
    /<blockquote>\s*<p>\[!([A-Z]+)\](?:<\/p>|\s)/g,
    (_, kind: string) =>
      `<blockquote class="markdown-alert markdown-alert-${kind.toLowerCase()}"><p class="markdown-alert-title">` +
      `${kind.charAt(0)}${kind.slice(1).toLowerCase()}</p><p>`,
  );
}

void main();
