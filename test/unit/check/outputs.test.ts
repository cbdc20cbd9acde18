import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckReport } from "../../../cli/check/model/report";
import { renderGithub } from "../../../cli/check/output/github";
import { renderJson } from "../../../cli/check/output/json";
import { renderPrometheus } from "../../../cli/check/output/prometheus";
import { renderTable } from "../../../cli/check/output/table";
import { REPOSITORY } from "../../engine/packages";
import { REPORTS } from "./cases";

const OUTPUTS: Readonly<Record<string, (report: CheckReport) => string>> = {
  txt: (report) => renderTable(report, (_style, text) => text),
  json: renderJson,
  prom: renderPrometheus,
  github: renderGithub,
};

// After a change of the outputs: UPDATE_GOLDEN=1 npx jest --runTestsByPath test/unit/check/outputs.test.ts
describe.each(Object.entries(REPORTS))("the report of the case %s", (name, create) => {
  test.each(Object.entries(OUTPUTS))("is written as .%s as before", async (extension, render) => {
    const output = render(await create());
    const file = join(REPOSITORY, "test/golden/check", `${name.replaceAll(" ", "-")}.${extension}`);
    if (process.env["UPDATE_GOLDEN"] !== undefined) writeFileSync(file, output);
    expect(output).toBe(readFileSync(file, "utf8"));
  });
});

test("the table is the same with colours, which never change its columns", async () => {
  for (const create of Object.values(REPORTS)) {
    const report = await create();
    const painted = renderTable(report, (style, text) => `<${style}>${text}</${style}>`);
    expect(painted).toMatch(/<bold>Access<\/bold>/);
    expect(painted.replaceAll(/<\/?(?:bold|dim|green|red|yellow)>/g, "")).toBe(
      renderTable(report, (_style, text) => text),
    );
  }
});

test("metrics have one sample for each combination of labels, and a help and a type before them", async () => {
  for (const create of Object.values(REPORTS)) {
    const lines = renderPrometheus(await create())
      .trimEnd()
      .split("\n");
    const samples = lines.filter((line) => !line.startsWith("#")).map((line) => line.replace(/ [^ ]+$/, ""));
    expect(new Set(samples).size).toBe(samples.length);
    const described = lines.flatMap((line) => /^# TYPE (\S+) gauge$/.exec(line)?.[1] ?? []);
    expect(new Set(samples.map((sample) => sample.replace(/\{.*/s, "")))).toEqual(new Set(described));
  }
});
