import { findAccess } from "../../../../provider/activation/guards/findAccess";
import type { Chunk } from "../../../../provider/activation/plan";
import type { ListedCertificate } from "../../../../provider/api/listedCertificate";
import { issueCa, issueClient, issueIntermediate } from "../../../emulator/certificates/issue";
import type { Authority, IssuedCertificate } from "../../../emulator/certificates/issue";
import { NAMES } from "../../../support/names";
import { chunk, identityOf, off, on } from "../given";

let mine: Authority;
let other: Authority;
let client: IssuedCertificate;
let read: string[];
let lists: number;

beforeAll(async () => {
  [mine, other] = [await issueCa(), await issueCa({ name: "other" })];
  client = await issueClient(await issueIntermediate(mine));
});

beforeEach(() => {
  read = [];
  lists = 0;
});

/** Ids that begin with "mine" are of the anchor behind the client; "broken" ones hold no certificate. */
function access(
  chunks: readonly Chunk[],
  actual: readonly ListedCertificate[],
  inherited: readonly ListedCertificate[] = [],
) {
  const scoped = {
    clientCertificate: identityOf(client),
    content: async (id: string): Promise<string> => {
      read.push(id);
      if (id.startsWith("unreadable")) throw new Error("GET /x: HTTP 403");
      return id.startsWith("mine") ? mine.pem : id.startsWith("broken") ? "no PEM" : other.pem;
    },
    names: NAMES,
    inherited: async () => {
      lists += 1;
      return inherited;
    },
  };
  return findAccess(scoped, chunks, actual);
}

const lost = (message: RegExp): unknown => ({
  kind: "lost",
  message: expect.stringMatching(message) as unknown,
});

describe("the provider would lose its access", () => {
  test("when the first certificates are of another issuer; the message has the ids, the client and the remedy", async () => {
    expect(await access([chunk("activate", ["b", "a"])], off("a", "b"))).toEqual(
      lost(
        /^this would lock .*\n.*would be active \(a, b\) trusts .* \(CN=client\)\.\n.*openai-certificates:clientKey/,
      ),
    );
  });

  test("when a later call deactivates the certificate that accepts it", async () => {
    const chunks = [chunk("activate", ["b"]), chunk("deactivate", ["mine"])];
    expect(await access(chunks, [...on("mine"), ...off("b")])).toEqual(lost(/would be active \(b\)/));
  });

  test("when no content can be read as a certificate, and the message has the reason", async () => {
    expect(await access([chunk("activate", ["broken"])], off("broken"))).toEqual(
      lost(/\(broken: not a readable certificate\)/),
    );
  });

  test("when neither its project's certificates nor the inherited ones accept it", async () => {
    expect(await access([chunk("activate", ["a"])], off("a"), on("org"))).toEqual(lost(/active \(a, org\)/));
    expect(await access([chunk("activate", ["z"])], off("z"), on("org", "b"))).toEqual(
      lost(/active \(b, org, z\)/),
    );
  });
});

test("a content that cannot be read is an error", async () => {
  await expect(access([chunk("activate", ["unreadable"])], off("unreadable"))).rejects.toThrow("HTTP 403");
});

describe("the provider keeps its access", () => {
  test("in a rotation, by the certificate that stays active, read alone", async () => {
    const chunks = [chunk("activate", ["mine2"]), chunk("deactivate", ["mine1"])];
    expect(await access(chunks, [...on("mine1"), ...off("mine2")])).toEqual({ kind: "kept", by: "mine2" });
    expect(read).toEqual(["mine2"]);
  });

  test("by one that was active before, read before those that are activated", async () => {
    const chunks = [chunk("activate", ["a", "b"])];
    expect(await access(chunks, [...on("mine"), ...off("a", "b")])).toMatchObject({ by: "mine" });
    expect(read).toEqual(["mine"]);
  });

  test("by the certificate of a later call, which is then to be in the first", async () => {
    const chunks = [chunk("activate", ["a"], 1, 2), chunk("activate", ["mine"], 2, 2)];
    expect(await access(chunks, off("a", "mine"))).toMatchObject({ by: "mine" });
  });

  test("by a certificate that its project inherits, which is listed only when the project's own do not accept", async () => {
    expect(await access([chunk("activate", ["mine"])], off("mine"), on("mine0"))).toMatchObject({
      by: "mine",
    });
    expect(lists).toBe(0);
    expect(await access([chunk("activate", ["a"])], off("a"), [...on("mine0"), ...off("mine9")])).toEqual({
      kind: "kept",
    });
    expect(lists).toBe(1);
    expect(read).toEqual(["mine", "a", "mine0"]);
  });

  test("by the first of the inherited certificates that accepts it, in the order of their ids", async () => {
    const inherited = on("org2", "mine1", "org1");
    expect(await access([chunk("activate", ["a"])], off("a"), inherited)).toEqual({ kind: "kept" });
    expect(read).toEqual(["a", "mine1"]);
  });

  test("without reading anything when nothing is sent, or when enforcement ends", async () => {
    expect(await access([], on("a"))).toEqual({ kind: "kept" });
    expect(await access([chunk("deactivate", ["a"])], on("a"))).toEqual({ kind: "kept" });
    expect(read).toEqual([]);
  });
});
