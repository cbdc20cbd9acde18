import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parsePreview } from "../../cli/report/input/preview";
import { reportOf } from "../../cli/report/model/reportOf";
import { markdown } from "../../cli/report/output/markdown";
import { createFixture } from "../e2e/fixture";
import { issueCa } from "../emulator/certificates/issue";
import { nodeOptions } from "../engine/nodeOptions";
import type { GoldenCase } from "./cases";
import { NOW_MS, organizationCertificates } from "./organization";

const DATES = { validFrom: new Date("2026-11-01T00:00:00Z"), expires: new Date("2028-01-31T00:00:00Z") };

/** Makes the processes of the engine and of the program start at the instant of all golden previews. */
const FIXED_CLOCK = { NODE_OPTIONS: nodeOptions("fixedClock.js") };

/** What a reviewer sees of a case. */
export interface Recorded {
  /** The provider's messages in the preview. */
  readonly messages: string;
  /** The text of `pulumi preview --diff` without it: the position of messages between its lines varies. */
  readonly diff: string;
  /** The report in Markdown. */
  readonly report: string;
}

/** Records a case on a real engine. What differs from run to run is left out. */
export async function record({ program, arrange, env = {}, refresh = false }: GoldenCase): Promise<Recorded> {
  const gateway = await issueCa({ name: "gateway", ...DATES });
  const fixture = await createFixture(
    { env: FIXED_CLOCK, ...(program !== undefined && { program: { "index.ts": program } }) },
    { now: () => NOW_MS },
  );
  try {
    fixture.emulator.seed(organizationCertificates());
    await writeFile(join(fixture.stack.folder, "gateway.pem"), gateway.pem);
    // The organization holds fifty; the rotation needs two more, which the emulator lets be seeded.
    if (program !== undefined)
      for (const { id } of fixture.emulator.certificates.slice(40)) fixture.emulator.remove(id);
    await arrange(fixture);
    const flags = refresh ? ["--refresh"] : [];
    const diff = await fixture.stack.run(["preview", "--diff", ...flags], { ...env });
    const json = await fixture.stack.run(["preview", "--json", ...flags], { ...env });
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
    await fixture.dispose();
  }
}

function steady(text: string): string {
  return text
    .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT")
    .replace(/"-----BEGIN CERTIFICATE-----[^"]*"/g, "(the PEM text)")
    .replace(/Duration: .*\n/g, "")
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
