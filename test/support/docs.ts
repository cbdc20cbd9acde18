import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import MarkdownIt from "markdown-it";
import { REPOSITORY } from "../engine/packages";

/** A Markdown page of the repository. */
export interface Page {
  /** Path from the repository's root. */
  readonly path: string;
  readonly text: string;
}

/** A fenced code block. */
export interface CodeBlock {
  readonly language: string;
  readonly code: string;
}

const ROOT_PAGES = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];

/** Every page that people read: at the root, in docs, and in the folders of examples. */
export function pages(): readonly Page[] {
  return [...ROOT_PAGES, ...markdownIn("docs"), ...markdownIn("examples")].map(readPage);
}

export function readPage(path: string): Page {
  return { path, text: readFileSync(join(REPOSITORY, path), "utf8") };
}

function markdownIn(folder: string): readonly string[] {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map((entry) => relative(REPOSITORY, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes("node_modules"));
}

const parser = new MarkdownIt({ html: true });

/** The code blocks of a page in one of the languages, in their order. */
export function codeBlocks(
  { text }: Pick<Page, "text">,
  ...languages: readonly string[]
): readonly CodeBlock[] {
  return parser
    .parse(text, {})
    .filter(({ type }) => type === "fence")
    .map(({ info, content }) => ({ language: info.trim(), code: content }))
    .filter(({ language }) => languages.includes(language));
}

/** The targets of all links and pictures of a page. */
export function linkTargets({ text }: Page): readonly string[] {
  return inlineTokens(text).flatMap(({ type, attrs }) => {
    if (type !== "link_open" && type !== "image") return [];
    return (attrs ?? []).filter(([name]) => name === "href" || name === "src").map(([, value]) => value);
  });
}

/** The texts in backticks that a page has in its prose and tables. */
export function inlineCode({ text }: Page): readonly string[] {
  return inlineTokens(text)
    .filter(({ type }) => type === "code_inline")
    .map(({ content }) => content);
}

/** The slugs of a page's headings, as GitHub makes them. */
export function headingSlugs({ text }: Page): readonly string[] {
  const tokens = parser.parse(text, {});
  return tokens
    .filter((_, index) => tokens[index - 1]?.type === "heading_open")
    .map(({ children }) => (children ?? []).map(({ content }) => content).join(""))
    .map((title) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    );
}

/** The part of a page under a heading, up to the next heading of its level. */
export function section({ text }: Page, title: string): string {
  const [, ...parts] = text.split(/^## /m);
  const found = parts.find((part) => part.startsWith(`${title}\n`));
  if (found === undefined) throw new Error(`there is no section "${title}"`);
  return found;
}

function inlineTokens(text: string) {
  return parser.parse(text, {}).flatMap(({ children }) => children ?? []);
}
