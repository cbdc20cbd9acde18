import { issueCa, issueClient } from "../emulator/certificates/issue";
import type { Emulator } from "../emulator/index";
import type { Stack } from "../engine/stack";
import { goldenIds, VALIDITY } from "./organization";

/** A change as it is reviewed. */
export interface GoldenCase {
  /** The golden file's name, and the picture's. */
  readonly name: string;
  readonly title: string;
  /** What the reviewer is to know before. */
  readonly about: string;
  /** The stack's program, unless it is the usual one: a set of ids, `exclusive` or not. */
  readonly program?: string;
  /**
   * Brings about what is there before the change, and then the change of the program.
   */
  readonly arrange: (fixture: CaseFixture) => Promise<void>;
  /** The environment of the preview, in addition to that of the stack. */
  readonly env?: () => Promise<Readonly<Record<string, string>>>;
  /** Whether the preview looks for drift first. */
  readonly refresh?: boolean;
}

export interface CaseFixture {
  readonly emulator: Emulator;
  readonly stack: Stack;
  readonly setIds: (ids: readonly string[], config?: Readonly<Record<string, string>>) => Promise<void>;
}

const IMPORTS = `
import { readFileSync } from "node:fs";
import { Certificate, OrgCertificateActivation } from "pulumi-openai-certificates";
`;
const [FIRST = "", SECOND = ""] = goldenIds(1, 2);
const upload = (more: string) => `${IMPORTS}
const gateway = new Certificate("gateway", { name: "api-gateway-2027", certificate: readFileSync("gateway.pem", "utf8") });
new OrgCertificateActivation("mtls", { certificateIds: ${more} });
`;
/** The CA that issues the client certificate of the provider. */
const clientsCa = once(() => issueCa({ ...VALIDITY, name: "Clients CA" }));
const declaring = (...resources: readonly (readonly [string, readonly string[]])[]) => ({
  "index.ts": `${IMPORTS}${resources
    .map(
      ([name, ids]) =>
        `new OrgCertificateActivation("${name}", { certificateIds: ${JSON.stringify(ids)} });\n`,
    )
    .join("")}`,
});

/** The usual program, with clients. */
const KNOWN_CLIENTS = `
import * as pulumi from "@pulumi/pulumi";
import { OrgCertificateActivation } from "pulumi-openai-certificates";

const config = new pulumi.Config();
new OrgCertificateActivation("mtls", {
  certificateIds: config.requireObject<string[]>("ids"),
  clients: config.requireObject<Record<string, string>>("clients"),
});
`;
const [OLD_ID = "", NEW_ID = ""] = goldenIds(92, 93);

/** Uploads an authority and its successor, and issues certificates of both for two clients. */
async function arrangeClients({ emulator }: CaseFixture) {
  const [old, next] = [
    await issueCa({ ...VALIDITY, name: "Gateway CA" }),
    await issueCa({ ...VALIDITY, name: "Gateway CA 2027" }),
  ];
  emulator.seed([
    { id: OLD_ID, name: "gateway-2026", pem: old.pem },
    { id: NEW_ID, name: "gateway-2027", pem: next.pem },
  ]);
  const of = async (name: string) => {
    const [before, after, ending] = await Promise.all([
      issueClient(old, { ...VALIDITY, name }),
      issueClient(next, { ...VALIDITY, name }),
      issueClient(next, { ...VALIDITY, name, expires: new Date("2026-12-04T00:00:00Z") }),
    ]);
    return { before: before.chainPem, after: after.chainPem, ending: ending.chainPem };
  };
  return { batch: await of("batch"), billing: await of("billing") };
}

export const CASES: readonly GoldenCase[] = [
  {
    name: "first-activation",
    title: "First activation",
    about: "Nothing is active yet, so mTLS will be enforced for every client.",
    arrange: ({ setIds }) => setIds(goldenIds(1, 3)),
  },
  {
    name: "rotation",
    title: "Rotation of 12 among 40",
    about: "Twelve certificates are replaced by their successors; the others do not change.",
    async arrange({ setIds, stack }) {
      await setIds(goldenIds(1, 40));
      await stack.up();
      await setIds([...goldenIds(13, 40), ...goldenIds(41, 52)]);
    },
  },
  {
    name: "deletion",
    title: "Deletion of a resource",
    about: "One of two sets is deleted. Pulumi does not ask the provider about a deletion in a preview.",
    async arrange({ stack }) {
      const [kept, gone] = [["gateways", goldenIds(1, 2)] as const, ["batch", goldenIds(3, 5)] as const];
      for (const resources of [[gone], [gone, kept]]) {
        await stack.replaceProgram(declaring(...resources));
        await stack.up();
      }
      await stack.replaceProgram(declaring(kept));
    },
  },
  {
    name: "last-certificate",
    title: "The last certificate",
    about: "The set becomes empty, so mTLS ends.",
    async arrange({ setIds, stack }) {
      await setIds(goldenIds(1, 2));
      await stack.up();
      await setIds([]);
    },
  },
  {
    name: "exclusive",
    title: "Exclusive: unmanaged certificates are deactivated",
    about: "The set becomes exclusive while two other certificates are active.",
    async arrange({ setIds, stack, emulator }) {
      for (const id of goldenIds(50, 51)) emulator.setActive(id, true);
      await setIds(goldenIds(1, 3));
      await stack.up();
      await setIds(goldenIds(1, 3), { exclusive: "true" });
    },
  },
  {
    name: "lockout",
    title: "Lock-out of the provider",
    about:
      "The only certificate that trusts the provider's own client certificate is replaced by one that does not.",
    async arrange({ setIds, stack, emulator }) {
      const [clients, other] = [await clientsCa(), await issueCa({ ...VALIDITY, name: "Batch CA" })];
      const [id = "", otherId = ""] = goldenIds(90, 91);
      emulator.seed([
        { id, name: "clients-2026", pem: clients.pem },
        { id: otherId, name: "batch-2027", pem: other.pem },
      ]);
      await setIds([id]);
      await stack.up();
      await setIds([otherId]);
    },
    async env() {
      const client = await issueClient(await clientsCa(), { ...VALIDITY, name: "pipeline" });
      return { OPENAI_MTLS_CERT_CHAIN: client.chainPem, OPENAI_MTLS_KEY: client.keyPem };
    },
  },
  {
    name: "early-rotation",
    title: "A rotation that is too early",
    about: "A known client still presents a certificate of the authority that is removed.",
    program: KNOWN_CLIENTS,
    async arrange(fixture) {
      const { billing, batch } = await arrangeClients(fixture);
      await fixture.setIds([OLD_ID], {
        clients: JSON.stringify({ batch: batch.before, billing: billing.before }),
      });
      await fixture.stack.up();
      await fixture.setIds([OLD_ID, NEW_ID], {
        clients: JSON.stringify({ batch: batch.before, billing: billing.after }),
      });
      await fixture.stack.up();
      await fixture.setIds([NEW_ID]);
    },
  },
  {
    name: "right-order",
    title: "The same rotation in the right order",
    about: "Every known client presents a certificate of the new authority by now.",
    program: KNOWN_CLIENTS,
    async arrange(fixture) {
      const { billing, batch } = await arrangeClients(fixture);
      await fixture.setIds([OLD_ID, NEW_ID], {
        clients: JSON.stringify({ batch: batch.after, billing: billing.after }),
      });
      await fixture.stack.up();
      await fixture.setIds([NEW_ID]);
    },
  },
  {
    name: "expiring-client",
    title: "A known client that expires",
    about:
      "An update that changes something else warns of a client whose certificate expires within 30 days.",
    program: KNOWN_CLIENTS,
    async arrange(fixture) {
      const { batch, billing } = await arrangeClients(fixture);
      await fixture.setIds([NEW_ID], {
        clients: JSON.stringify({ batch: batch.after, billing: billing.ending }),
      });
      await fixture.stack.up();
      await fixture.setIds([FIRST, NEW_ID]);
    },
  },
  {
    name: "expired",
    title: "An expired id",
    about: "The preview fails: one id has expired, another was never uploaded.",
    async arrange({ setIds, emulator }) {
      emulator.seed([
        { id: "cert_old", name: "api-gateway-2025", expiresAt: Date.parse("2026-10-31T00:00:00Z") / 1000 },
      ]);
      await setIds([FIRST, "cert_old", "cert_typo"]);
    },
  },
  {
    name: "upload",
    title: "A certificate uploaded in the same program",
    about: "Its id is known only after the upload.",
    program: upload(`["${FIRST}", gateway.id]`),
    async arrange({ emulator }) {
      emulator.setActive(FIRST, true);
    },
  },
  {
    name: "unknown-ids",
    title: "Unknown ids",
    about: "The program computes the whole list from an output, so no id is known before the update.",
    program: upload(`["${FIRST}", "${SECOND}"]`),
    async arrange({ stack }) {
      await stack.replaceProgram(declaring(["mtls", goldenIds(1, 2)]));
      await stack.up();
      await stack.replaceProgram({ "index.ts": upload(`gateway.id.apply((id) => ["${FIRST}", id])`) });
    },
  },
  {
    name: "moved-ids",
    title: "Ids that move to another resource",
    about: "A resource is renamed; every certificate stays active.",
    async arrange({ stack }) {
      await stack.replaceProgram(declaring(["mtls", goldenIds(1, 3)]));
      await stack.up();
      await stack.replaceProgram(declaring(["gateways", goldenIds(1, 3)]));
    },
  },
  {
    name: "drift",
    title: "Drift",
    about: "A certificate was deactivated in the dashboard; `preview --refresh` finds it.",
    refresh: true,
    async arrange({ setIds, stack, emulator }) {
      await setIds(goldenIds(1, 3));
      await stack.up();
      emulator.setActive(SECOND, false);
    },
  },
  {
    name: "nothing",
    title: "Nothing to do",
    about: "The organization matches the program.",
    async arrange({ setIds, stack }) {
      await setIds(goldenIds(1, 3));
      await stack.up();
    },
  },
  {
    name: "no-key",
    title: "No key",
    about: "The pipeline of this pull request has no key, so the ids were not verified.",
    async arrange({ setIds, stack }) {
      await setIds(goldenIds(1, 3));
      await stack.up();
      await setIds(goldenIds(2, 4));
    },
    env: () => Promise.resolve({ OPENAI_ADMIN_KEY: "" }),
  },
];

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
