import { readFileSync } from "node:fs";
import { EVERY_RESOURCE, keptStateFile, keptVersions } from "../../e2e/keptState";
import type { ResourceState, StateFile } from "../../engine/engineOutput";
import { runLife } from "../../languages/runLife";
import type { Life, Step } from "../../languages/steps";
import type { Finding, Judgement } from "../judgement";
import type { Case } from "./case";
import { examineInstalled } from "./installed";
import { npm } from "./managers";
import { typeScriptNode16 } from "./programs";
import { findingOf } from "./runCase";
import { TOOLS } from "./tools";

const PROJECT = "proj_a";
const ORIGINAL = ["cert_01", "cert_02", "cert_03"];
const CHANGED = ["cert_01", "cert_05"];

/** What a newer version does with a state that an older one has written. */
const STEPS: readonly Step<Life>[] = [
  {
    name: "up",
    command: (stack) => stack.up("--expect-no-changes"),
    calls: {},
    active: ORIGINAL,
  },
  {
    name: "refresh",
    command: (stack) => stack.refresh("--expect-no-changes"),
    active: ORIGINAL,
  },
  {
    name: "update",
    before: ({ stack }) =>
      stack.replaceProgram({
        "index.ts": EVERY_RESOURCE.replace(`"cert_02", "cert_03"`, `"cert_05"`),
      }),
    command: (stack) => stack.up(),
    calls: { list: 1, activate: 1, deactivate: 1 },
    active: CHANGED,
  },
  { name: "destroy", command: (stack) => stack.destroy(), active: [] },
];

const CASE: Case = {
  id: "kept-state",
  manager: npm,
  program: { ...typeScriptNode16, files: { ...typeScriptNode16.files, "index.ts": EVERY_RESOURCE } },
  node: "usual",
  pulumi: "newest",
  devDependencies: { "@types/node": "^22.0.0", typescript: "6.0.3" },
};

/** One judgement for each version of which a state is kept. */
export function keptStates(tarball: () => Promise<string>): readonly Judgement[] {
  return keptVersions().map((version) => ({
    id: `state-${version}`,
    subject: `a state that version ${version} has written`,
    judge: "Pulumi, with the package of this checkout",
    async examine(log) {
      await TOOLS.install(log);
      log("installing and running");
      return examineInstalled(CASE, await tarball(), (life) => useState(version, life), {
        projects: [PROJECT],
      });
    },
  }));
}

async function useState(version: string, life: Life): Promise<Finding> {
  const { stack, emulator } = life;
  const uploaded = uploadedIn(JSON.parse(readFileSync(keptStateFile(version), "utf8")) as StateFile);
  const pem = String(uploaded.inputs?.["certificate"]);
  for (const id of ORIGINAL) emulator.setActive(id, true);
  emulator.setActive("cert_04", true, PROJECT);
  emulator.seed([
    { id: uploaded.id ?? "", name: "kept", pem, createdAt: Number(uploaded.outputs?.["createdAt"]) },
  ]);
  await stack.setConfig({ pem });
  await stack.importState(keptStateFile(version));

  const { problems } = findingOf(await runLife(STEPS, life));
  const left = [
    ...emulator.activeIds(PROJECT).map((id) => `destroy: ${id} is still active in ${PROJECT}`),
    ...(emulator.certificates.some(({ id }) => id === uploaded.id)
      ? ["destroy: the upload still exists"]
      : []),
  ];
  // Resources are refreshed at the same time, so the number of lists is not always the same.
  const figures = "up without changes; refresh; update: 1 list, 1 activate, 1 deactivate; destroy";
  return { figures, problems: problems.length > 0 ? problems : left };
}

function uploadedIn({ deployment }: StateFile): ResourceState {
  const uploaded = deployment.resources?.find(({ type }) => type.endsWith("openai-certificates:Certificate"));
  if (uploaded) return uploaded;
  throw new Error("The kept state contains no Certificate. Record it with test/e2e/keepState.ts.");
}
