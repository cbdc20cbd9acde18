import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parsePreview } from "../../cli/report/input/preview";
import { reportOf } from "../../cli/report/model/reportOf";
import { markdown } from "../../cli/report/output/markdown";
import { createFixture } from "../e2e/fixture";
import { issueCa } from "../emulator/certificates/issue";
import type { GoldenCase } from "./cases";

/** Dates that do not depend on the day, as long as that is before 2100. */
const DATES = { validFrom: new Date("2026-01-01T00:00:00Z"), expires: new Date("2099-12-31T00:00:00Z") };

/** What a reviewer sees of a case. */
export interface Recorded {
  /** What the provider says in the preview. */
  readonly messages: string;
  /** The text of `pulumi preview --diff` without it: where between its lines a message stands, is chance. */
  readonly diff: string;
  /** The report in Markdown. */
  readonly report: string;
}

/** Plays a case on a real engine. What varies from run to run and from day to day is left out. */
export async function record({ program, arrange, env = {}, refresh = false }: GoldenCase): Promise<Recorded> {
  const gateway = await issueCa({ name: "gateway", ...DATES });
  const scene = await createFixture(program === undefined ? {} : { program: { "index.ts": program } });
  try {
    await writeFile(join(scene.stack.folder, "gateway.pem"), gateway.pem);
    // The organization holds fifty; the rotation needs two more, which the emulator lets be seeded.
    if (program !== undefined)
      for (const { id } of scene.emulator.certificates.slice(40)) scene.emulator.remove(id);
    await arrange(scene);
    const flags = refresh ? ["--refresh"] : [];
    const diff = await scene.stack.run(["preview", "--diff", ...flags], { ...env });
    const json = await scene.stack.run(["preview", "--json", ...flags], { ...env });
    const preview = parsePreview(json.stdout);
    const messages = preview.diagnostics.map(({ message }) => message.trimEnd());
    const logged = new Set(
      messages.flatMap((message) => message.split("\n").map((line) => line.trim().replace(/^warning: /, ""))),
    );
    const others = diff.output
      .split("\n")
      .filter((line) => line.trim() !== "" && !logged.has(line.trim().replace(/^warning: /, "")));
    return {
      messages: steady(messages.join("\n")),
      diff: steady(others.join("\n")),
      report: steady(markdown(reportOf(preview))),
    };
  } finally {
    await scene.dispose();
  }
}

function steady(text: string): string {
  return text
    .replace(/\(in \d+ days?\)/g, "(in N days)")
    .replace(/\(\d+ days? ago\)/g, "(N days ago)")
    .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT")
    .replace(/"-----BEGIN CERTIFICATE-----[^"]*"/g, "(the PEM text)")
    .replace(/Duration: .*\n/g, "")
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
