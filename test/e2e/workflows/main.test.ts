import { readFileSync } from "node:fs";
import { countCalls } from "../../emulator/index";
import { issueAnchor } from "../../emulator/certificates/issue";
import { ids } from "../fixture";
import { type WorkflowFixture, PROGRAM, createWorkflowFixture } from "./fixture";
import { declare, FAILED, PASSED } from "./ran";

describe("the workflow for main", () => {
  let place: WorkflowFixture;
  beforeAll(async () => {
    place = await createWorkflowFixture();
  });
  afterAll(() => place.end());

  /** Previews what is committed, and merges it: the files are the same, the commit is another one. */
  const previewAndMerge = async () => {
    expect(await place.run("pull-request")).toMatchObject(PASSED);
    await place.commit({});
  };

  test("applies what was merged, with the plan of its preview", async () => {
    await previewAndMerge();
    const ran = await place.run("main");
    expect(ran).toMatchObject({ ...PASSED, scripts: ["Find the plan", "Update"] });
    expect(ran.summary).toContain("[the preview](https://github.invalid/owner/name/actions/runs/1)");
    expect(place.emulator.activeIds()).toEqual(ids(1, 2));
  });

  test("applies nothing when main holds something else than was previewed", async () => {
    await place.commit(declare(["cert_01", "cert_03"]));
    await previewAndMerge();
    await place.commit({ "moved.txt": "by another pull request" });
    place.emulator.clearLog();
    const ran = await place.run("main");
    expect(ran).toMatchObject({ ...FAILED, scripts: ["Find the plan"] });
    expect(ran.output).toContain("::error::No plan found for exactly these files");
    expect(place.emulator.log).toEqual([]);
  });

  test.each(["expired", "of a fork"])("does not take a plan that is %s", async (why) => {
    await previewAndMerge();
    const before = await place.kept();
    await place.keep(({ artifacts }) => {
      for (const artifact of artifacts) {
        if (why === "expired") artifact.expired = true;
        else artifact.workflow_run.head_repository_id = 666;
      }
    });
    expect(await place.run("main")).toMatchObject({ ...FAILED, scripts: ["Find the plan"] });
    await place.keep((kept) => Object.assign(kept, before));
  });

  test("takes the newest plan when the same files were previewed more than once", async () => {
    await place.run("pull-request");
    await place.commit({});
    const ran = await place.run("main");
    expect(ran).toMatchObject(PASSED);
    const runs = (await place.kept()).artifacts.map(({ workflow_run: { id } }) => id);
    expect(ran.summary).toContain(`/runs/${Math.max(...runs)})`);
    expect(place.emulator.activeIds()).toEqual(["cert_01", "cert_03"]);
  });

  test("refuses to change a set that the plan leaves alone, whatever happened to it in between", async () => {
    await place.commit({ "notes.txt": "nothing that matters" });
    await previewAndMerge();
    place.emulator.setActive("cert_01", false);
    place.emulator.clearLog();
    const ran = await place.run("main");
    expect(ran).toMatchObject(FAILED);
    expect(ran.output).toMatch(/violates plan: properties changed: .*certificateIds/);
    expect(countCalls(place.emulator.log)).not.toHaveProperty("activate");
    expect(place.emulator.activeIds()).toEqual(["cert_03"]);
  });

  test("repairs drift that the preview has shown", async () => {
    await previewAndMerge();
    expect(await place.run("main")).toMatchObject(PASSED);
    expect(place.emulator.activeIds()).toEqual(["cert_01", "cert_03"]);
  });

  test("ends with the set of the plan, also when drift came after a plan that changes the set", async () => {
    await place.commit(declare(["cert_01", "cert_04"]));
    await previewAndMerge();
    place.emulator.setActive("cert_01", false);
    expect(await place.run("main")).toMatchObject(PASSED);
    expect(place.emulator.activeIds()).toEqual(["cert_01", "cert_04"]);
  });

  test("applies the plan of a preview without the key", async () => {
    await place.commit(declare(["cert_04", "cert_05"]));
    expect(await place.run("pull-request-without-key")).toMatchObject(PASSED);
    await place.commit({});
    expect(await place.run("main")).toMatchObject(PASSED);
    expect(place.emulator.activeIds()).toEqual(["cert_04", "cert_05"]);
  });
});

const UPLOADING = {
  ...PROGRAM,
  "index.ts": `
import { readFileSync } from "node:fs";
import { Certificate, OrgCertificateActivation } from "pulumi-openai-certificates";
const workloads = new Certificate("workloads", {
  name: "workloads",
  certificate: readFileSync("anchor.pem", "utf8"),
});
new OrgCertificateActivation("mtls", { certificateIds: ["cert_01", workloads.id] });
`,
};

test("a plan in which an id is not known yet is applied with the id, at first and when it is replaced", async () => {
  const place = await createWorkflowFixture({
    ...UPLOADING,
    "anchor.pem": (await issueAnchor({ name: "first" })).pem,
  });
  try {
    const active: string[][] = [];
    for (const name of ["first", "second"]) {
      await place.commit({ "anchor.pem": (await issueAnchor({ name })).pem });
      expect(await place.run("pull-request")).toMatchObject(PASSED);
      const [comment] = (await place.kept()).comments;
      expect(comment?.body).toContain("known after the upload");
      await place.commit({});
      expect(await place.run("main")).toMatchObject(PASSED);
      active.push(place.emulator.activeIds());
    }
    const [first = [], second = []] = active;
    expect(first).toEqual(["cert_01", expect.stringMatching(/^cert_\w{10,}$/)]);
    expect(second).toEqual(["cert_01", expect.stringMatching(/^cert_\w{10,}$/)]);
    expect(second[1]).not.toBe(first[1]);
  } finally {
    await place.end();
  }
});

test("a plan holds no key, neither of the environment nor of the stack's configuration", async () => {
  const place = await createWorkflowFixture();
  try {
    await place.stack.setConfig({}, { "openai-certificates:adminKey": place.emulator.adminKey });
    await place.commit({});
    expect(await place.run("pull-request")).toMatchObject(PASSED);
    const [artifact] = (await place.kept()).artifacts;
    const plan = readFileSync(`${place.folder}/artifacts/${artifact?.name ?? ""}-1`, "utf8");
    expect(plan).toContain("openai-certificates:adminKey");
    expect(plan).not.toContain(place.emulator.adminKey);
  } finally {
    await place.end();
  }
});
