import { X509Certificate } from "node:crypto";
import { refuseOwnLockout } from "../../../provider/activation/lockout";
import { type Step } from "../../../provider/activation/plan";
import { type ListedCertificate } from "../../../provider/api/shapes";
import { type Authority, mintAnchor, mintClient, type Minted, mintIntermediate } from "../../emulator/mint";
import { NOW, off, on, step } from "./given";

const DATES = { validFrom: new Date((NOW - 1000) * 1000), expires: new Date((NOW + 1000) * 1000) };

let mine: Authority;
let other: Authority;
let client: Minted;
let read: string[];

beforeAll(async () => {
  [mine, other] = [await mintAnchor(DATES), await mintAnchor({ name: "other", ...DATES })];
  client = await mintClient(await mintIntermediate(mine, DATES), DATES);
});

beforeEach(() => {
  read = [];
});

/** Ids that begin with "mine" are of the anchor behind the client; "broken" ones hold no certificate. */
function judge(steps: readonly Step[], actual: readonly ListedCertificate[]): Promise<void> {
  const pems = client.chainPem.match(/-+BEGIN[^]+?-+END CERTIFICATE-+/g) ?? [];
  const chain = pems.map((pem) => new X509Certificate(pem));
  const content = async (id: string): Promise<string> => {
    read.push(id);
    if (id.startsWith("unreadable")) throw new Error("GET /x: answered 403");
    return id.startsWith("mine") ? mine.pem : id.startsWith("broken") ? "no PEM" : other.pem;
  };
  return refuseOwnLockout(chain, steps, actual, content, NOW * 1000);
}

describe("the provider does not lock itself out", () => {
  test("when the first certificate that goes on is of another issuer, and says which, of whom, and what to do", async () => {
    await expect(judge([step("activate", ["b", "a"])], off("a", "b"))).rejects.toThrow(
      /nothing was changed:\n.*would be active \(a, b\) accepts .* \(CN=client\)\.\n.*openai:clientKey/,
    );
  });

  test("when a later step takes away the one that accepts it", async () => {
    const steps = [step("activate", ["b"]), step("deactivate", ["mine"])];
    await expect(judge(steps, [...on("mine"), ...off("b")])).rejects.toThrow("would be active (b)");
  });

  test("between two steps, even if it would be let in again at the end", async () => {
    const steps = [step("activate", ["a"], 1, 2), step("activate", ["mine"], 2, 2)];
    await expect(judge(steps, off("a", "mine"))).rejects.toThrow("would be active (a)");
  });

  test("when what is active holds no certificate that can be read as one", async () => {
    await expect(judge([step("activate", ["broken"])], off("broken"))).rejects.toThrow(
      "lock this provider out",
    );
  });

  test("when a content cannot be had: the failure is passed on", async () => {
    await expect(judge([step("activate", ["unreadable"])], off("unreadable"))).rejects.toThrow(
      "answered 403",
    );
  });
});

describe("the provider goes on", () => {
  test("in a rotation whose two anchors accept it, each read once", async () => {
    const steps = [step("activate", ["mine2"]), step("deactivate", ["mine1"])];
    await judge(steps, [...on("mine1"), ...off("mine2")]);
    expect(read).toEqual(["mine2"]);
  });

  test("after reading those that stay active longest first", async () => {
    const steps = [step("activate", ["z_mine", "mine"]), step("deactivate", ["a", "b"])];
    await judge(steps, [...on("a", "b"), ...off("mine", "z_mine")]);
    expect(read).toEqual(["mine"]);
  });

  test("by one that it has found to accept it, before it reads another", async () => {
    const steps = [step("activate", ["mine"], 1, 2), step("activate", ["a"], 2, 2)];
    await judge(steps, off("mine", "a"));
    expect(read).toEqual(["mine"]);
  });

  test("reading no certificate twice, whatever its verdict", async () => {
    const steps = [step("activate", ["c"]), step("deactivate", ["a"])];
    await judge(steps, [...on("a", "b", "mine"), ...off("c")]);
    expect(read.toSorted()).toEqual(["b", "c", "mine"]);
  });

  test("without reading anything when nothing is sent, or enforcement ends", async () => {
    await judge([], on("a"));
    await judge([step("deactivate", ["a"])], on("a"));
    expect(read).toEqual([]);
  });
});
