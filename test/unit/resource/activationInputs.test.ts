import fc from "fast-check";
import { checkInputs } from "../../../provider/resource/activationInputs";
import type { ScopeKind } from "../../../provider/resource/activationInputs";
import { UNKNOWN } from "../../../provider/resource/resource";

const check = (news: Readonly<Record<string, unknown>>, kind: ScopeKind = "organization") =>
  checkInputs(kind, news);

const ids = (...given: unknown[]) => check({ certificateIds: given });

/** The reason for refusing one argument, when it is the only one that is refused. */
function reason(property: string, given: unknown): string {
  const { failures = [] } = check({ certificateIds: [], [property]: given });
  // The engine prints the value of a property that is named: nothing for a missing one.
  const named = given === undefined ? "" : property;
  expect(failures).toEqual([{ property: named, reason: expect.any(String) as string }]);
  return (failures[0]?.reason ?? "").replace(new RegExp(`^${property} (?=is missing)`), "");
}

describe("arguments", () => {
  test("are normalized: ids as a map, what is absent as its default", () => {
    expect(ids("cert_b", "cert_a", "cert_b").inputs).toEqual({
      certificateIds: { cert_a: "active", cert_b: "active" },
      exclusive: false,
      enforcementChange: "warn",
      expiryWarningDays: 30,
    });
  });

  test("that are given stay as they are", () => {
    const given = { exclusive: true, enforcementChange: "refuse", expiryWarningDays: 0, connection: "acme" };
    expect(check({ certificateIds: [], ...given }).inputs).toEqual({ certificateIds: {}, ...given });
  });

  test("that are null are absent", () => {
    const absent = { exclusive: null, enforcementChange: null, expiryWarningDays: null, connection: null };
    expect(check({ certificateIds: [], ...absent })).toEqual(ids());
  });

  test("of a project need its id, those of the organization have none", () => {
    const news = { certificateIds: [], projectId: "proj_a" };
    expect(check(news, "project").inputs).toHaveProperty("projectId", "proj_a");
    expect(check(news).failures).toEqual([
      { property: "", reason: expect.stringMatching(/^projectId is not an argument/) as string },
    ]);
    expect(check({ certificateIds: [] }, "project").failures).toEqual([
      { property: "", reason: expect.stringMatching(/^projectId is missing; use .+proj_abc123/) as string },
    ]);
  });

  test("may also have the ids as the map that an earlier check made of them", () => {
    expect(check({ certificateIds: { cert_b: "active", cert_a: "active" } })).toEqual(
      ids("cert_a", "cert_b"),
    );
  });

  test("that are wrong are all named at once, each by its property", () => {
    const { failures } = check({ exclusive: "yes", enforcementChange: "panic", expiryWarningDays: -1 });
    expect(failures?.map(({ property }) => property).sort()).toEqual([
      "",
      "enforcementChange",
      "exclusive",
      "expiryWarningDays",
    ]);
  });
});

describe("an argument that is unknown before the apply passes", () => {
  test.each(["certificateIds", "exclusive", "enforcementChange", "expiryWarningDays", "connection"])(
    "%s",
    (property) => {
      expect(check({ certificateIds: [], [property]: UNKNOWN }).inputs).toHaveProperty(property, UNKNOWN);
    },
  );

  test("one id, which makes the whole set unknown", () => {
    expect(ids("cert_a", UNKNOWN).inputs).toHaveProperty("certificateIds", UNKNOWN);
  });

  test("one id, but not an invalid one next to it", () => {
    expect(ids(UNKNOWN, "cert a").failures?.[0]?.reason).toContain('certificateIds[1] is "cert a"');
  });
});

describe("an argument is refused with what to use instead", () => {
  test.each([
    [undefined, "is missing"],
    [null, "is null"],
    ["cert_a", 'is "cert_a"'],
    [7, "is 7"],
    [true, "is true"],
  ])("certificateIds: %j", (given, what) => {
    expect(reason("certificateIds", given)).toBe(
      `${what}; use a list of the certificate ids to keep active, or [] for none`,
    );
  });

  test.each([
    ["", '""', "an id is not empty"],
    [" cert_b", '" cert_b"', "an id has no white space"],
    ["cert_b\n", '"cert_b\\n"', "an id has no white space"],
    ["cert/b", '"cert/b"', "it has a character that no id has"],
    ["../b", '"../b"', "it has a character that no id has"],
    ["-b", '"-b"', "it has a character that no id has"],
    ["cert_ü", '"cert_ü"', "it has a character that no id has"],
    ["\u001b[2J", '"\\u001b[2J"', "it has a character that no id has"],
    [7, "7", "an id is a string"],
    [null, "null", "an id is a string"],
    [["cert_b"], '["cert_b"]', "an id is a string"],
  ])("the id %j, which is named by its place", (id, shown, problem) => {
    expect(reason("certificateIds", ["cert_a", id])).toBe(
      `certificateIds[1] is ${shown}: ${problem}; use an id as shown in the dashboard, such as cert_abc123`,
    );
  });

  test("several ids, each by its place", () => {
    const text = reason("certificateIds", ["", "cert_a", " "]);
    expect(text).toMatch(/certificateIds\[0\].+certificateIds\[2\]/);
    expect(text).not.toContain("certificateIds[1]");
  });

  test.each([
    ["exclusive", "true", 'is "true"; use true or false'],
    ["exclusive", 0, "is 0; use true or false"],
    ["enforcementChange", "Warn", 'is "Warn"; use "warn" or "refuse"'],
    ["expiryWarningDays", -1, "is -1; use a number of days from 0 to 36525"],
    ["expiryWarningDays", "30", 'is "30"; use a number of days from 0 to 36525'],
    ["connection", "acme:", 'is "acme:"; use the namespace'],
    ["connection", "", 'is ""; use the namespace'],
  ])("%s: %j", (property, given, text) => {
    expect(reason(property, given)).toContain(text);
  });
});

describe("a wrong value", () => {
  const SECRET = "AbCdEf0123456789";

  test.each([
    `sk-admin-${SECRET} `,
    `Bearer sk-${SECRET}`,
    `-----BEGIN PRIVATE KEY-----\n${SECRET}`,
    `${" ".repeat(20)}sk-${SECRET}`,
  ])("that looks like a secret (%j) is not repeated, wherever it was pasted", (pasted) => {
    for (const [property, given] of [
      ["certificateIds", pasted],
      ["certificateIds", [pasted]],
      ["certificateIds", { [pasted]: "active" }],
      ["certificateIds", [{ key: pasted }]],
      ["exclusive", pasted],
      ["enforcementChange", pasted],
      ["expiryWarningDays", pasted],
      ["connection", pasted],
    ] as const) {
      const { failures } = check({ certificateIds: [], [property]: given });
      // The engine prints the value of the property that a failure names, so none may be named.
      expect(failures).toEqual([
        {
          property: "",
          reason: expect.stringMatching(new RegExp(`^${property}: .*like a key.*use `)) as string,
        },
      ]);
      expect(JSON.stringify(failures)).not.toContain(SECRET);
    }
  });

  test("that is long is cut", () => {
    expect(reason("exclusive", "x".repeat(10_000)).length).toBeLessThan(100);
  });
});

describe("checking", () => {
  const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,12}$/);
  const lists = fc.array(id, { maxLength: 20 });
  const rest = fc.record(
    {
      exclusive: fc.boolean(),
      enforcementChange: fc.constantFrom("warn", "refuse"),
      expiryWarningDays: fc.integer({ min: 0, max: 36_525 }),
      connection: id,
    },
    { requiredKeys: [] },
  );

  test("takes the ids as a set: order and repetition mean nothing", () => {
    const reordered = lists.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length }),
        list.length === 0 ? fc.constant([]) : fc.array(fc.constantFrom(...list)),
      ),
    );
    fc.assert(
      fc.property(reordered, rest, ([list, shuffled, repeated], more) => {
        const once = check({ certificateIds: list, ...more });
        const again = check({ certificateIds: [...shuffled, ...repeated], ...more });
        // As text, because the order of the map is what a state shows, too.
        expect(JSON.stringify(again)).toBe(JSON.stringify(once));
      }),
    );
  });

  test("leaves its own output as it is", () => {
    const some = <T>(values: fc.Arbitrary<T>) =>
      fc.oneof({ weight: 9, arbitrary: values }, fc.constant(UNKNOWN));
    const news = fc.record({
      certificateIds: some(fc.array(some(id))),
      exclusive: some(fc.boolean()),
      projectId: some(id),
    });
    fc.assert(
      fc.property(news, rest, fc.constantFrom("organization", "project"), (given, more, kind) => {
        const { projectId, ...others } = { ...more, ...given };
        const { inputs } = checkInputs(kind, kind === "project" ? { projectId, ...others } : others);
        expect(checkInputs(kind, { ...inputs })).toEqual({ inputs });
        expect(inputs).toBeDefined();
      }),
    );
  });

  test("either accepts or explains whatever JSON holds, and never fails", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (certificateIds, exclusive) => {
        const { inputs, failures } = check({ certificateIds, exclusive });
        expect(inputs === undefined).toBe(failures !== undefined);
        for (const failure of failures ?? []) expect(failure.reason).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

test("the default connection is as good as none", () => {
  const { inputs } = checkInputs("organization", { certificateIds: [], connection: "openai-certificates" });
  expect(inputs).not.toHaveProperty("connection");
});
