import fc from "fast-check";
import {
  certificatesPath,
  ORGANIZATION,
  pathSegment,
  scopeLabel,
  scopeName,
} from "../../../provider/api/scope";

test("the organization's certificates have their path and its name", () => {
  expect(certificatesPath(ORGANIZATION)).toBe("/organization/certificates");
  expect(scopeName(ORGANIZATION)).toBe("the organization");
});

test("a project's certificates have their path and its name", () => {
  const project = { kind: "project", projectId: "proj_abc" } as const;
  expect(certificatesPath(project)).toBe("/organization/projects/proj_abc/certificates");
  expect(scopeName(project)).toBe("project proj_abc");
});

test("no character of a project's id lets the path leave its segment", () => {
  const ids = fc.string({ unit: "grapheme", minLength: 1 }).filter((id) => !/^\.{1,2}$/.test(id));
  fc.assert(
    fc.property(
      fc.oneof(ids, fc.webPath({ size: "+1" }), fc.constantFrom("a/../b", "a?b=c", "a#b", "%2e%2e/")),
      (id) => {
        fc.pre(id !== "");
        const path = certificatesPath({ kind: "project", projectId: id });
        const { pathname, search, hash } = new URL(`https://api.openai.com/v1${path}`);
        expect({ search, hash }).toEqual({ search: "", hash: "" });
        expect(pathname.split("/")).toEqual([
          "",
          "v1",
          "organization",
          "projects",
          encodeURIComponent(id),
          "certificates",
        ]);
      },
    ),
  );
});

test.each(["", ".", "..", "\ud800"])("an id that would leave its segment is refused: %j", (id) => {
  expect(() => pathSegment(id)).toThrow("is not a valid id");
});

test.each([".a", "a.", "a..b"])("an id may have periods next to other characters: %j", (id) => {
  expect(pathSegment(id)).toBe(id);
});

test("a line begins with the scope's kind, and the id of a project", () => {
  expect(scopeLabel(ORGANIZATION)).toBe("organization");
  expect(scopeLabel({ kind: "project", projectId: "proj_abc" })).toBe("project proj_abc");
});
