import type { Emulator } from "../emulator/index";
import type { Stack } from "../engine/stack";
import { ids } from "../support/ids";

/** A change as it is reviewed. */
export interface GoldenCase {
  /** The golden file's name, and the picture's. */
  readonly name: string;
  readonly title: string;
  /** What the reviewer is to know before. */
  readonly about: string;
  /** The stack's program, unless it is the usual one: a set of ids, `exclusive` or not. */
  readonly program?: string;
  /** Brings about what is there before the change, and then the change of the program. */
  readonly arrange: (fixture: CaseFixture) => Promise<void>;
  /** The environment of the preview, in addition to that of the stack. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the preview looks for drift first. */
  readonly refresh?: boolean;
}

export interface CaseFixture {
  readonly emulator: Emulator;
  readonly stack: Stack;
  readonly setIds: (ids: readonly string[], config?: Readonly<Record<string, string>>) => Promise<void>;
}

const UPLOAD = `
import { readFileSync } from "node:fs";
import { Certificate, OrgCertificateActivation } from "pulumi-openai-certificates";

const gateway = new Certificate("gateway", { name: "api-gateway-2027", certificate: readFileSync("gateway.pem", "utf8") });
new OrgCertificateActivation("mtls", { certificateIds: ["cert_01", gateway.id] });
`;

export const CASES: readonly GoldenCase[] = [
  {
    name: "first-activation",
    title: "First activation",
    about: "Nothing is active yet, so mTLS will be enforced for every client.",
    arrange: ({ setIds }) => setIds(ids(1, 3)),
  },
  {
    name: "rotation",
    title: "Rotation of 12 among 40",
    about: "Twelve certificates are replaced by their successors; the others do not change.",
    async arrange({ setIds, stack }) {
      await setIds(ids(1, 40));
      await stack.up();
      await setIds([...ids(13, 40), ...ids(41, 52)]);
    },
  },
  {
    name: "exclusive",
    title: "Exclusive: unmanaged certificates are deactivated",
    about: "The set becomes exclusive while two other certificates are active.",
    async arrange({ setIds, stack, emulator }) {
      for (const id of ["cert_50", "cert_51"]) emulator.setActive(id, true);
      await setIds(ids(1, 3));
      await stack.up();
      await setIds(ids(1, 3), { exclusive: "true" });
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
      await setIds(["cert_01", "cert_old", "cert_typo"]);
    },
  },
  {
    name: "upload",
    title: "A certificate uploaded in the same program",
    about: "Its id is known only after the upload.",
    program: UPLOAD,
    async arrange({ emulator }) {
      emulator.setActive("cert_01", true);
    },
  },
  {
    name: "drift",
    title: "Drift",
    about: "A certificate was deactivated in the dashboard; `preview --refresh` finds it.",
    refresh: true,
    async arrange({ setIds, stack, emulator }) {
      await setIds(ids(1, 3));
      await stack.up();
      emulator.setActive("cert_02", false);
    },
  },
  {
    name: "nothing",
    title: "Nothing to do",
    about: "The organization matches the program.",
    async arrange({ setIds, stack }) {
      await setIds(ids(1, 3));
      await stack.up();
    },
  },
  {
    name: "no-key",
    title: "No key",
    about: "The pipeline of this pull request has no key, so the ids were not verified.",
    env: { OPENAI_ADMIN_KEY: "" },
    async arrange({ setIds, stack }) {
      await setIds(ids(1, 3));
      await stack.up();
      await setIds(ids(2, 4));
    },
  },
];
