import { readFile, writeFile } from "node:fs/promises";
import { CASES } from "../golden/cases";
import { readGolden, REVIEW_PAGE, reviewPage, writeGolden } from "../golden/golden";
import { record } from "../golden/recorded";

/** Set to regenerate the golden files and the page that shows them. */
const IS_UPDATE = process.env["UPDATE_GOLDEN"] !== undefined;

describe("what a reviewer sees", () => {
  test.each(CASES)("of $name reads as it did", async (reviewCase) => {
    const recorded = await record(reviewCase);
    if (IS_UPDATE) await writeGolden(reviewCase, recorded);
    expect(recorded).toEqual(await readGolden(reviewCase));
  });

  test("is shown in the docs as it is", async () => {
    const cases = await Promise.all(CASES.map(async (each) => ({ ...each, ...(await readGolden(each)) })));
    if (IS_UPDATE) await writeFile(REVIEW_PAGE, reviewPage(cases));
    expect(await readFile(REVIEW_PAGE, "utf8")).toBe(reviewPage(cases));
  });
});
