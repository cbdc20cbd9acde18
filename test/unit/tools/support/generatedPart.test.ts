import { generatedPart, replaceGenerated } from "../../../../tools/support/generatedPart";

const PAGE = "before\n<!-- generated:begin calls -->\nold\n<!-- generated:end calls -->\nafter\n";

test("the generated part of a page is replaced, and nothing else", () => {
  expect(replaceGenerated(PAGE, "calls", "new")).toBe(
    "before\n<!-- generated:begin calls -->\n\nnew\n\n<!-- generated:end calls -->\nafter\n",
  );
});

test("replacing it again changes nothing", () => {
  const once = replaceGenerated(PAGE, "calls", "new");
  expect(replaceGenerated(once, "calls", "new")).toBe(once);
});

test("a page without the markers is reported with the lines to add", () => {
  expect(() => replaceGenerated(PAGE, "growth", "new")).toThrow(
    'Add the lines "<!-- generated:begin growth -->" and "<!-- generated:end growth -->"',
  );
});

test("the generated part of a page is read without the lines around it", () => {
  expect(generatedPart(PAGE, "calls")).toBe("old");
});
