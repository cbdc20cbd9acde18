import { ContentCache } from "../../../provider/session/contentCache";

let cache: ContentCache;
let reads: number;
beforeEach(() => {
  cache = new ContentCache();
  reads = 0;
});

const succeed = async (): Promise<string> => {
  reads += 1;
  return "PEM";
};
const fail = async (): Promise<string> => {
  reads += 1;
  throw new Error("HTTP 503");
};

test("a content is read once, also by callers at the same time", async () => {
  const read = () => cache.read("a", true, succeed);
  expect(await Promise.all([read(), read()])).toEqual(["PEM", "PEM"]);
  expect(await cache.read("a", false, fail)).toBe("PEM");
  expect(reads).toBe(1);
});

test("a read that failed is not remembered", async () => {
  await expect(cache.read("a", true, fail)).rejects.toThrow("HTTP 503");
  expect(await cache.read("a", true, succeed)).toBe("PEM");
});

test("a caller that must not wait reads for itself", async () => {
  const slow = Promise.withResolvers<string>();
  const waiting = cache.read("a", true, () => slow.promise);
  expect(await cache.read("a", false, succeed)).toBe("PEM");
  slow.resolve("PEM");
  expect(await waiting).toBe("PEM");
});
