import type { ListedCertificate } from "../../../provider/api/shapes";
import { type Anchor, parseAnchor } from "../../../provider/certificate/anchor";
import { findTwin, twinCandidates } from "../../../provider/certificate/twin";
import { mintAnchor } from "../../emulator/mint";

const NOW = Date.UTC(2030, 5, 15) / 1000;
const DAY = 86_400;

let anchor: Anchor;

beforeAll(async () => {
  anchor = await anchorNamed("gateway");
});

async function anchorNamed(name: string): Promise<Anchor> {
  const validity = { validFrom: new Date("2030-01-01T00:00:00Z"), expires: new Date("2031-01-01T00:00:00Z") };
  const parsed = parseAnchor((await mintAnchor({ name, ...validity })).pem);
  if ("anchor" in parsed) return parsed.anchor;
  throw new Error(parsed.problem);
}

/** What a lost upload of `anchor` under the name "gateway" leaves. */
const leftover = (more: Partial<ListedCertificate> = {}): ListedCertificate => ({
  id: "cert_left",
  name: "gateway",
  active: false,
  createdAt: NOW - 60,
  certificateDetails: { validAt: anchor.validAt, expiresAt: anchor.expiresAt },
  ...more,
});

describe("what a lost upload may have left", () => {
  const found = (
    listed: ListedCertificate,
    others = new Set<string>(),
    name: string | undefined = "gateway",
  ) => twinCandidates({ anchor, name }, [listed], others, NOW).length > 0;

  test("has the wanted name and validity, is inactive, and was uploaded of late", () => {
    expect(found(leftover())).toBe(true);
    expect(found(leftover({ createdAt: NOW - DAY }))).toBe(true);
    expect(found(leftover({ certificateDetails: {} }))).toBe(true);
  });

  test("has no name when none was given", () => {
    expect(twinCandidates({ anchor }, [leftover({ name: null })], new Set(), NOW)).toHaveLength(1);
    expect(twinCandidates({ anchor }, [leftover()], new Set(), NOW)).toEqual([]);
  });

  test.each<[string, () => Partial<ListedCertificate>]>([
    ["active", () => ({ active: true })],
    ["older than a day", () => ({ createdAt: NOW - DAY - 1 })],
    ["of another name", () => ({ name: "batch" })],
    ["without the name", () => ({ name: null })],
    ["valid from another moment", () => ({ certificateDetails: { validAt: anchor.validAt + 1 } })],
    ["valid to another moment", () => ({ certificateDetails: { expiresAt: anchor.expiresAt + 1 } })],
  ])("is not one that is %s", (_, more) => {
    expect(found(leftover(more()))).toBe(false);
  });

  test("is not one that belongs to another resource", () => {
    expect(found(leftover(), new Set(["cert_left"]))).toBe(false);
  });
});

describe("a twin", () => {
  const contents = (texts: Readonly<Record<string, string>>) => async (id: string) => texts[id] ?? "";

  test("is told by its content, in whatever white space", async () => {
    const other = await anchorNamed("gateway");
    const candidates = [leftover({ id: "cert_other" }), leftover({ id: "cert_unreadable" }), leftover()];
    const read = contents({ cert_other: other.pem, cert_left: anchor.pem.replaceAll("\n", "\r\n") });
    expect(await findTwin({ anchor }, candidates, read)).toMatchObject({ id: "cert_left" });
  });

  test("is none of those whose content is another", async () => {
    expect(await findTwin({ anchor }, [leftover()], contents({}))).toBeUndefined();
  });
});
