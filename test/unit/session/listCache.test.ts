import { type ListedCertificate } from "../../../provider/api/schemas";
import { ScopeSession } from "../../../provider/session/scopeSession";

const certificate = { id: "cert_a", active: true } as ListedCertificate;
const listing = (certificates: readonly ListedCertificate[]) => () => Promise.resolve(certificates);

describe("what was seen of a scope", () => {
  const session = new ScopeSession();

  beforeEach(async () => {
    jest.useFakeTimers();
    await session.load(listing([certificate]));
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test("is recalled for ids that it holds", () => {
    expect(session.get(new Set(["cert_a"]))).toEqual([certificate]);
  });

  test("is not recalled when an id is missing: it may have been uploaded since", () => {
    expect(session.get(new Set(["cert_a", "cert_new"]))).toBeUndefined();
  });

  test("is not recalled after a minute", () => {
    jest.advanceTimersByTime(60_001);
    expect(session.get(new Set())).toBeUndefined();
  });

  test.each([-3_600_000, 3_600_000])(
    "ages by the time that passes, when the clock is set by %i ms",
    (set) => {
      jest.setSystemTime(Date.now() + set);
      expect(session.get(new Set(["cert_a"]))).toEqual([certificate]);
      jest.advanceTimersByTime(60_001);
      expect(session.get(new Set())).toBeUndefined();
    },
  );

  test("is forgotten by a change, also one that fails", async () => {
    await expect(session.whileChanging(() => Promise.reject(new Error("lost")))).rejects.toThrow("lost");
    expect(session.get(new Set())).toBeUndefined();
  });

  test("is not remembered when a change began or ended while it was listed", async () => {
    session.invalidate();
    const { promise, resolve } = Promise.withResolvers<readonly ListedCertificate[]>();
    const list = session.load(() => promise);
    await session.whileChanging(() => Promise.resolve());
    resolve([certificate]);
    expect(await list).toEqual([certificate]);
    expect(session.get(new Set())).toBeUndefined();
  });
});
