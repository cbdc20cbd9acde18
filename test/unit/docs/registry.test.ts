import { parse } from "yaml";
import { codeBlocks, readPage } from "../../support/docs";

const OVERVIEW = readPage("docs/_index.md");
const INSTALLATION = readPage("docs/installation-configuration.md");
const README = readPage("README.md");

/** What Pulumi's Registry calls a language, and what the other pages call it. */
const LANGUAGES = { typescript: "ts", python: "python", go: "go", yaml: "yaml" };

describe.each([OVERVIEW, INSTALLATION])("the page $path of Pulumi's Registry", ({ text }) => {
  test("begins with the fields that the Registry reads", () => {
    const [, fields = ""] = /^---\n([\s\S]+?)\n---\n/.exec(text) ?? [];
    expect(parse(fields)).toEqual({
      title: expect.stringContaining("OpenAI certificates") as string,
      meta_desc: expect.stringMatching(/^.{20,160}$/) as string,
      layout: "package",
    });
  });

  test("shows a part for each language of its chooser", () => {
    const [, languages = ""] = /\{\{< chooser language "([^"]+)" >\}\}/.exec(text) ?? [];
    const parts = [...text.matchAll(/\{\{% choosable language (\w+) %\}\}/g)].map(([, language]) => language);
    expect(parts).toEqual(languages.split(","));
    expect(text.match(/\{\{% \/choosable %\}\}/g)).toHaveLength(parts.length);
    expect(text.match(/\{\{< \/chooser >\}\}/g)).toHaveLength(1);
  });

  test("has no link into the repository, which the Registry does not show", () => {
    expect(text).not.toMatch(/\]\((?!https:)/);
  });
});

test("the Registry shows the programs of the page about languages, which run on a real engine", () => {
  const documented = (language: string) => codeBlocks(readPage("docs/languages.md"), language)[0]?.code;
  for (const [shown, language] of Object.entries(LANGUAGES))
    expect(codeBlocks(OVERVIEW, shown).map(({ code }) => code)).toEqual([documented(language)]);
});

test("the Registry shows the settings of the README", () => {
  const rows = (text: string) =>
    text.split("\n").filter((line) => line.startsWith("| `openai-certificates:"));
  expect(rows(INSTALLATION.text)).toEqual(rows(README.text));
});
