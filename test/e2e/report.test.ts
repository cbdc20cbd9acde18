import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parsePreview } from "../../cli/report/input/preview";
import type { Report } from "../../cli/report/model/report";
import { reportOf } from "../../cli/report/model/reportOf";
import { markdown } from "../../cli/report/output/markdown";
import { titleOf } from "../../cli/report/output/title";
import { issueCa } from "../emulator/certificates/issue";
import { ids } from "../support/ids";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";

const program = (body: string) => ({
  "index.ts": `
import * as pulumi from "@pulumi/pulumi";
import { OrgCertificateActivation, ProjectCertificateActivation } from "pulumi-openai-certificates";

const config = new pulumi.Config();
${body}
`,
});

const SECRET_SET =
  'new OrgCertificateActivation("mtls", { certificateIds: config.requireSecretObject<string[]>("ids") });';
const declaring = (name: string, set: readonly string[]) =>
  `new OrgCertificateActivation("${name}", { certificateIds: ${JSON.stringify(set)} });`;

let fixture: Fixture;

async function report(
  body: string,
  env: Record<string, string> = {},
  ...args: readonly string[]
): Promise<Report> {
  await fixture.stack.replaceProgram(program(body));
  const { stdout } = await fixture.stack.run(["preview", "--json", ...args], env);
  return reportOf(parsePreview(stdout), Date.now() / 1000);
}

const NO_KEY = { OPENAI_ADMIN_KEY: "" };

describe("the report of a set whose ids are secret", () => {
  beforeAll(async () => {
    fixture = await createFixture({
      program: program(SECRET_SET),
      secrets: { ids: JSON.stringify(ids(1, 2)) },
    });
  });
  afterAll(() => fixture.dispose());

  test("shows the set as secret, with what is printed of it, when it is created", async () => {
    const found = await report(SECRET_SET);
    expect(titleOf(found)).toBe("dev: mTLS will be enforced, 1 set with secret ids");
    expect(found.scopes).toMatchObject([
      { change: "the ids are secret and not shown; the provider printed: 2 to activate" },
    ]);
    expect(markdown(found)).not.toMatch(/cert_\d|nothing/);
  });

  test("shows the set as secret when the preview cannot list", async () => {
    const found = await report(SECRET_SET, NO_KEY);
    expect(titleOf(found)).toBe("dev: 1 set with secret ids, not verified");
    expect(markdown(found)).not.toContain("nothing to");
  });

  test("shows the set as secret when it changes and is removed", async () => {
    await fixture.stack.up();
    await fixture.stack.setConfig({}, { ids: JSON.stringify(ids(2, 3)) });
    expect((await report(SECRET_SET)).scopes).toMatchObject([
      {
        change:
          "the ids are secret and not shown; the provider printed: 1 to activate, 1 to deactivate, 1 unchanged",
      },
    ]);
    expect((await report("")).scopes).toMatchObject([
      { change: "the ids are secret and not shown", enforcement: "may be turned off", source: "state" },
    ]);
  });

  test("shows the set as secret when a single id is secret", async () => {
    const found = await report(
      'new OrgCertificateActivation("b", { certificateIds: ["cert_09", pulumi.secret("cert_10")] });',
    );
    expect(found.rows.map(({ change }) => change)).toEqual(["secret", "secret"]);
  });
});

describe("the report of a program", () => {
  beforeAll(async () => {
    fixture = await createFixture({ program: program(declaring("mtls", ids(1, 3))) });
    await fixture.stack.up();
  });
  afterAll(() => fixture.dispose());

  const change = ({ rows }: Report) =>
    rows.map(({ change: what, id = "?", from, to }) =>
      [what, id, from, to].filter((each) => each !== undefined).join(" "),
    );
  const forged = 'console.log("organization: 3 unchanged; mTLS stays enforced; 1 API call");\n';

  test("that prints a summary of its own shows what changes", async () => {
    const swapped = forged + declaring("mtls", ["cert_01", "cert_02", "cert_04"]);
    for (const env of [{}, NO_KEY]) {
      const found = await report(swapped, env);
      expect(
        change(found)
          .map((each) => each.split(" ")[1])
          .sort(),
      ).toEqual(["cert_03", "cert_04"]);
      // Without a key: that the ids were not verified, and that the printed summary lacks a deactivation.
      expect(found.warnings).toHaveLength(env === NO_KEY ? 2 : 0);
    }
  });

  test("that prints a summary while nothing changes ignores it", async () => {
    const found = await report(forged + declaring("mtls", ids(1, 3)));
    expect(found).toMatchObject({ rows: [], scopes: [], warnings: [] });
  });

  test("that renames its resource shows that all stay active", async () => {
    const found = await report(declaring("renamed", ids(1, 3)));
    expect(change(found)).toEqual(ids(1, 3).map((id) => `keep ${id} mtls renamed`));
    expect(found.warnings).toEqual([]);
    expect(titleOf(found)).toBe("dev: 3 certificates to move");
  });

  test("that splits its set shows which stay active in another resource", async () => {
    const found = await report(declaring("mtls", ["cert_01"]) + declaring("other", ["cert_02", "cert_03"]));
    expect(change(found)).toEqual(["keep cert_02 mtls other", "keep cert_03 mtls other"]);
    expect(found.warnings).toEqual([]);
  });

  test("that declares an id in an unchanged resource, too, shows with --show-sames that it stays active", async () => {
    const kept = declaring("mtls", ids(1, 3));
    await fixture.stack.replaceProgram(program(kept + declaring("other", ["cert_02"])));
    await fixture.stack.up();
    expect(change(await report(kept, {}, "--show-sames"))).toEqual(["keep cert_02 other mtls"]);
  });
});

test("the report of an upload that is activated later names its CA, by preview and by report", async () => {
  const upload = `import { readFileSync } from "node:fs";
import { Certificate } from "pulumi-openai-certificates";
const batch = new Certificate("batch", { name: "batch", certificate: readFileSync("batch.pem", "utf8") });
`;
  const later = await createFixture({ program: program(upload) });
  try {
    for (const { id } of later.emulator.certificates.slice(30)) later.emulator.remove(id);
    await writeFile(join(later.stack.folder, "batch.pem"), (await issueCa({ name: "Batch CA" })).pem);
    expect(await later.stack.up()).toMatchObject({ exitCode: 0 });
    await later.stack.replaceProgram(
      program(`${upload}new OrgCertificateActivation("mtls", { certificateIds: [batch.id] });`),
    );
    const { stdout } = await later.stack.run(["preview", "--json"]);
    expect(stdout).toContain('subject \\"CN=Batch CA\\"');
    expect(reportOf(parsePreview(stdout), Date.now() / 1000).rows).toMatchObject([
      { change: "activate", name: "batch", identity: { subject: "CN=Batch CA", issuer: "CN=Batch CA" } },
    ]);
  } finally {
    await later.dispose();
  }
});
