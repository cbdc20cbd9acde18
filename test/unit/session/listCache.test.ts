import type { ListedCertificate } from "../../../provider/api/listedCertificate";
import { ListCache, whileChanging } from "../../../provider/session/listCache";

const certificate = { id: "cert_a", active: true } as ListedCertificate;
const listing = (certificates: readonly ListedCertificate[]) => () => Promise.resolve(certificates);

describe("a list cache", () => {
  const cache = new ListCache();
  const changing = <T>(change: () => Promise<T>): Promise<T> =>
    whileChanging(() => {
      cache.invalidate();
    }, change);

  beforeEach(async () => {
    jest.useFakeTimers();
    await cache.load(listing([certificate]));
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test("returns a recent list that contains the ids", () => {
    expect(cache.get(new Set(["cert_a"]))).toEqual([certificate]);
  });

  test("returns nothing when an id is missing: it may have been uploaded since", () => {
    expect(cache.get(new Set(["cert_a", "cert_new"]))).toBeUndefined();
  });

  test("returns nothing after five seconds", () => {
    jest.advanceTimersByTime(5_000);
    expect(cache.get(new Set())).toEqual([certificate]);
    jest.advanceTimersByTime(1);
    expect(cache.get(new Set())).toBeUndefined();
  });

  test.each([-3_600_000, 3_600_000])(
    "measures the age of a list by elapsed time, even if the clock is set by %i ms",
    (set) => {
      jest.setSystemTime(Date.now() + set);
      expect(cache.get(new Set(["cert_a"]))).toEqual([certificate]);
      jest.advanceTimersByTime(5_001);
      expect(cache.get(new Set())).toBeUndefined();
    },
  );

  test("is invalidated by a change, even one that fails", async () => {
    await expect(changing(() => Promise.reject(new Error("lost")))).rejects.toThrow("lost");
    expect(cache.get(new Set())).toBeUndefined();
  });

  test("is invalidated before a change: a list from before is not used during it", async () => {
    await changing(async () => {
      expect(cache.get(new Set())).toBeUndefined();
    });
  });

  test("is invalidated after a change: a list that was loaded during it is not used", async () => {
    await changing(async () => {
      await cache.load(listing([certificate]));
    });
    expect(cache.get(new Set())).toBeUndefined();
  });

  test("does not cache a list during which a change began or ended", async () => {
    cache.invalidate();
    const { promise, resolve } = Promise.withResolvers<readonly ListedCertificate[]>();
    const list = cache.load(() => promise);
    await changing(() => Promise.resolve());
    resolve([certificate]);
    expect(await list).toEqual([certificate]);
    expect(cache.get(new Set())).toBeUndefined();
  });
});
