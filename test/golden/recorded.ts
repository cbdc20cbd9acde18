import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parsePreview } from "../../cli/report/input/preview";
import { reportOf } from "../../cli/report/model/reportOf";
import { markdown } from "../../cli/report/output/markdown";
import { createFixture } from "../e2e/fixture";
import { issueCa } from "../emulator/certificates/issue";
import { nodeOptions } from "../engine/nodeOptions";
import type { GoldenCase } from "./cases";
import { NOW_MS, organizationCertificates, VALIDITY } from "./organization";

/** Makes the processes of the engine and of the program start at the instant of all golden previews. */
const FIXED_CLOCK = { NODE_OPTIONS: nodeOptions("fixedClock.js") };

/** A moment after that instant, in Unix seconds: commands take time. */
const LATER = NOW_MS / 1000 + 1;

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
export async function record({ program, arrange, env, refresh = false }: GoldenCase): Promise<Recorded> {
  const gateway = await issueCa({ ...VALIDITY, name: "gateway" });
  const fixture = await createFixture(
    { env: FIXED_CLOCK, ...(program !== undefined && { program: { "index.ts": program } }) },
    { now: () => NOW_MS },
  );
  try {
    for (const { id } of fixture.emulator.certificates) fixture.emulator.remove(id);
    fixture.emulator.seed(organizationCertificates());
    await writeFile(join(fixture.stack.folder, "gateway.pem"), gateway.pem);
    // The organization holds fifty; the rotation needs two more, which the emulator lets be seeded.
    if (program !== undefined)
      for (const { id } of fixture.emulator.certificates.slice(40)) fixture.emulator.remove(id);
    await arrange(fixture);
    const variables = await env?.();
    const flags = refresh ? ["--refresh"] : [];
    const diff = await fixture.stack.run(["preview", "--diff", ...flags], { ...variables });
    const json = await fixture.stack.run(["preview", "--json", ...flags], { ...variables });
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
      report: steady(markdown(reportOf(preview, LATER))),
    };
  } finally {
    await fixture.dispose();
  }
}

function steady(text: string): string {
  return text
    .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT")
    .replace(/"-----BEGIN CERTIFICATE-----[^"]*"/g, "(the PEM text)")
    .replace(/SHA-256 (?:<code>)?[\dA-F:]+/g, (text) => text.replace(/[\dA-F]{2}(?=[:…<]|$)/g, "0F"))
    .replace(/Duration: .*\n/g, "")
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
