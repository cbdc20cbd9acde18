import { describeFailures, describeLimit } from "../../../../tools/bench/report/check";

const limit = { atMost: 1.05, room: 0.05 };

test("a measurement passes up to its limit and the room for noise", () => {
  expect(describeFailures([{ name: "no change", measured: 1.1, limit }])).toEqual([]);
});

test("a measurement beyond both fails with its value and its limit", () => {
  expect(describeFailures([{ name: "no change", measured: 1.1004, limit }])).toEqual([
    "no change: 1.1, limit 1.05 + 0.05 for noise",
  ]);
});

test("a measurement without a value fails", () => {
  expect(describeFailures([{ name: "create", measured: NaN, limit }])).toHaveLength(1);
});

test("a limit without room is only a number", () => {
  expect(describeLimit({ atMost: 6, room: 0 })).toBe("6");
});
