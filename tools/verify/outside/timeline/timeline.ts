import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { Report, Row } from "../../../../cli/report/model/report";
import { timeline } from "../../../../cli/report/output/timeline";
import { REPOSITORY } from "../../../../test/engine/packages";
import { runProcess } from "../../../../test/engine/process";
import { hostile } from "../../../../test/unit/report/hostile";
import type { Check } from "../../check";
import { NpmTools } from "../../tools/npmTools";
import manifest from "./tools/package.json";

const TOOLS = new NpmTools<"mermaid">(join(__dirname, "tools"), manifest.dependencies);

/** Words that Mermaid may take for more than a name. */
const KEYWORDS =
  "section title today done crit active milestone vert click excludes includes accTitle href call weekday gantt %%".split(
    " ",
  );
const COUNT = 1_000;
const CHART = /```mermaid\n([\s\S]*?)\n```/g;

/** The charts of the golden reports, and those of certificates with names that try to be more than text. */
export const TIMELINE: Check = {
  id: "timeline",
  subject: "report: the charts are what Mermaid draws, one bar for each certificate",
  tool: `mermaid ${TOOLS.versionOf("mermaid")}`,
  async run(log) {
    await TOOLS.install(log);
    const golden = await goldenCharts();
    const names = [...KEYWORDS, ...fc.sample(hostile, { numRuns: COUNT, seed: 1 })];
    const charts = [...golden, ...names.flatMap((name) => chartsIn(timeline(reportWith(name)).join("\n")))];
    const problems = await parsedByMermaid(charts);
    return { figures: `${charts.length} charts, ${problems.length} problems`, problems };
  },
};

async function goldenCharts(): Promise<readonly string[]> {
  const folder = join(REPOSITORY, "test/golden/expected");
  const files = (await readdir(folder)).filter((name) => name.endsWith(".report.md"));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  return texts.flatMap(chartsIn);
}

function chartsIn(text: string): readonly string[] {
  return [...text.matchAll(CHART)].map(([, chart = ""]) => chart);
}

function reportWith(name: string): Report {
  const certificate = { name, validFrom: "2025-11-01", expires: "2027-11-01", scope: "organization" };
  const rows: readonly Row[] = [
    { ...certificate, id: "cert_a", change: "activate" },
    { ...certificate, id: "cert_b", change: "deactivate" },
  ];
  return {
    ...{ time: Date.parse("2026-11-24T12:00:00Z") / 1000, failed: false, rows },
    unchanged: [{ ...certificate, id: "cert_c" }],
    ...{ scopes: [], clients: [], drift: [], warnings: [], errors: [], notes: [], others: {} },
  };
}

/** @returns what is wrong, a line for each chart. */
async function parsedByMermaid(charts: readonly string[]): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "verify-timeline-"));
  try {
    const file = join(folder, "charts.json");
    await writeFile(file, JSON.stringify(charts));
    const { exitCode, output } = await runProcess(
      process.execPath,
      [join(__dirname, "parseCharts.mjs"), TOOLS.fileOf("mermaid", "dist/mermaid.core.mjs"), file],
      { cwd: folder },
    );
    return exitCode === 0 ? (JSON.parse(output) as readonly string[]) : [output];
  } finally {
    await rm(folder, { recursive: true });
  }
}
