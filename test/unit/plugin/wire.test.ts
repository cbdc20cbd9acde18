import { fromStruct, isSecret, reveal, secret, toStruct } from "../../../provider/plugin/wire";

const roundTrip = (properties: Readonly<Record<string, unknown>>) => fromStruct(toStruct(properties));

describe("properties on the wire", () => {
  test("arrive as they were sent", () => {
    const properties = {
      text: "a",
      count: 3,
      flag: false,
      nothing: null,
      list: ["b", { c: 1 }],
      map: { d: [] },
    };
    expect(roundTrip(properties)).toEqual(properties);
  });

  test("leave out what is absent, at every depth", () => {
    const properties = {
      absent: undefined,
      map: { absent: undefined, kept: 1 },
      list: [{ absent: undefined }],
    };
    expect(roundTrip(properties)).toStrictEqual({ map: { kept: 1 }, list: [{}] });
  });

  test("are none in a request without the field", () => {
    expect(fromStruct(undefined)).toEqual({});
  });
});

describe("a secret on the wire", () => {
  test("is recognized, and reveals its value", () => {
    const wrapped = roundTrip({ key: secret("sk") })["key"];
    expect(isSecret(wrapped)).toBe(true);
    expect(reveal(wrapped)).toBe("sk");
  });

  test.each(["sk", undefined, null, 3, ["sk"], { value: "sk" }])("is not %j", (value) => {
    expect(isSecret(value)).toBe(false);
    expect(reveal(value)).toBe(value);
  });
});
