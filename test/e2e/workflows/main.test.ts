import { readFileSync } from "node:fs";
import { issueCa } from "../../emulator/certificates/issue";
import { countCalls } from "../../emulator/index";
import { ids } from "../../support/ids";
import { declare, FAILED, PASSED } from "./expectedResults";
import { createWorkflowFixture, PROGRAM } from "./fixture";
import type { WorkflowFixture } from "./fixture";

describe("the workflow for main", () => {
  let fixture: WorkflowFixture;
  beforeAll(async () => {
    fixture = await createWorkflowFixture();
  });
  afterAll(() => fixture.end());

  /** Previews the committed files, and merges them: the files are the same, the commit is another one. */
  const previewAndMerge = async () => {
    expect(await fixture.run("pull-request")).toMatchObject(PASSED);
    await fixture.commit({});
  };

  test("applies what was merged, with the plan of its preview", async () => {
    await previewAndMerge();
    const ran = await fixture.run("main");
    expect(ran).toMatchObject({ ...PASSED, scripts: ["Find the plan", "Update"] });
    expect(ran.summary).toContain("[the preview](https://github.invalid/owner/name/actions/runs/1)");
    expect(fixture.emulator.activeIds()).toEqual(ids(1, 2));
  });

  test("applies nothing when main differs from the preview", async () => {
    await fixture.commit({ ...declare(["cert_01", "cert_03"]), "moved.txt": "" });
    await previewAndMerge();
    await fixture.commit({ "moved.txt": "by another pull request" });
    fixture.emulator.clearLog();
    const ran = await fixture.run("main");
    expect(ran).toMatchObject({ ...FAILED, scripts: ["Find the plan"] });
    expect(ran.output).toContain("::error::No plan found for exactly these files");
    expect(fixture.emulator.log).toEqual([]);
  });

  test.each(["expired", "of a fork"])("does not use a plan that is %s", async (why) => {
    // The files of the preview before.
    await fixture.commit({ "moved.txt": "" });
    const before = await fixture.gitHub();
    await fixture.updateGitHub(({ artifacts }) => {
      for (const artifact of artifacts) {
        if (why === "expired") artifact.expired = true;
        else artifact.workflow_run.head_repository_id = 666;
      }
    });
    expect(await fixture.run("main")).toMatchObject({ ...FAILED, scripts: ["Find the plan"] });
    await fixture.updateGitHub((gitHub) => Object.assign(gitHub, before));
  });

  test("uses the newest plan when the same files were previewed more than once", async () => {
    const before = (await fixture.gitHub()).artifacts;
    await previewAndMerge();
    const ran = await fixture.run("main");
    expect(ran).toMatchObject(PASSED);
    const { artifacts } = await fixture.gitHub();
    expect(artifacts.at(-1)?.name).toBe(before.at(-1)?.name);
    const runs = artifacts.map(({ workflow_run: { id } }) => id);
    expect(ran.summary).toContain(`/runs/${Math.max(...runs)})`);
    expect(fixture.emulator.activeIds()).toEqual(["cert_01", "cert_03"]);
  });

  test("does not change a set that is not in the plan, even if it has drifted", async () => {
    await fixture.commit({ "notes.txt": "irrelevant" });
    await previewAndMerge();
    fixture.emulator.setActive("cert_01", false);
    fixture.emulator.clearLog();
    const ran = await fixture.run("main");
    expect(ran).toMatchObject(FAILED);
    expect(ran.output).toMatch(/violates plan: properties changed: .*certificateIds/);
    expect(countCalls(fixture.emulator.log)).not.toHaveProperty("activate");
    expect(fixture.emulator.activeIds()).toEqual(["cert_03"]);
  });

  test("repairs drift that the preview has shown", async () => {
    await previewAndMerge();
    expect(await fixture.run("main")).toMatchObject(PASSED);
    expect(fixture.emulator.activeIds()).toEqual(["cert_01", "cert_03"]);
  });

  test("activates the set of the plan, even if drift follows the plan", async () => {
    await fixture.commit(declare(["cert_01", "cert_04"]));
    await previewAndMerge();
    fixture.emulator.setActive("cert_01", false);
    expect(await fixture.run("main")).toMatchObject(PASSED);
    expect(fixture.emulator.activeIds()).toEqual(["cert_01", "cert_04"]);
  });

  test("applies the plan of a preview without the key", async () => {
    await fixture.commit(declare(["cert_04", "cert_05"]));
    expect(await fixture.run("pull-request-without-key")).toMatchObject(PASSED);
    await fixture.commit({});
    expect(await fixture.run("main")).toMatchObject(PASSED);
    expect(fixture.emulator.activeIds()).toEqual(["cert_04", "cert_05"]);
  });
});

const UPLOADING = {
  ...PROGRAM,
  "index.ts": `
import { readFileSync } from "node:fs";
import { Certificate, OrgCertificateActivation } from "pulumi-openai-certificates";
const workloads = new Certificate("workloads", {
  name: "workloads",
  certificate: readFileSync("ca.pem", "utf8"),
});
new OrgCertificateActivation("mtls", { certificateIds: ["cert_01", workloads.id] });
`,
};

describe("a plan with an unknown id", () => {
  let fixture: WorkflowFixture;
  beforeAll(async () => {
    fixture = await createWorkflowFixture({
      ...UPLOADING,
      "ca.pem": (await issueCa({ name: "first" })).pem,
    });
    const { url, adminKey } = fixture.emulator;
    await fixture.stack.setConfig(
      { "openai-certificates:baseUrl": url },
      { "openai-certificates:adminKey": adminKey },
    );
  });
  afterAll(() => fixture.end());

  test("is applied with the actual id, at first and after a replacement", async () => {
    const active: string[][] = [];
    for (const name of ["first", "second"]) {
      await fixture.commit({ "ca.pem": (await issueCa({ name })).pem });
      expect(await fixture.run("pull-request")).toMatchObject(PASSED);
      const [comment] = (await fixture.gitHub()).comments;
      expect(comment?.body).toContain("(new id after upload)");
      await fixture.commit({});
      expect(await fixture.run("main")).toMatchObject(PASSED);
      active.push(fixture.emulator.activeIds());
    }
    const [first = [], second = []] = active;
    expect(first).toEqual(["cert_01", expect.stringMatching(/^cert_\w{10,}$/)]);
    expect(second).toEqual(["cert_01", expect.stringMatching(/^cert_\w{10,}$/)]);
    expect(second[1]).not.toBe(first[1]);
  });

  test("contains no key of the environment or of the stack's configuration", async () => {
    const { artifacts } = await fixture.gitHub();
    expect(artifacts).toHaveLength(2);
    for (const { name, workflow_run } of artifacts) {
      const plan = readFileSync(`${fixture.folder}/artifacts/${name}-${workflow_run.id}`, "utf8");
      expect(plan).toContain("openai-certificates:adminKey");
      expect(plan).not.toContain(fixture.emulator.adminKey);
    }
  });
});
