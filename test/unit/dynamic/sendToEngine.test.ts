import { sendToEngine } from "../../../provider/dynamic/sendToEngine";

describe("a message that cannot be sent to the engine", () => {
  const printed = jest.spyOn(console, "log").mockImplementation();
  afterEach(() => {
    printed.mockClear();
  });
  afterAll(() => {
    printed.mockRestore();
  });

  test("is printed, which the engine shows", async () => {
    await sendToEngine("warning", ["mTLS will be enforced", "for all"]);
    expect(printed.mock.calls.flat()).toEqual(["warning: mTLS will be enforced", "warning: for all"]);
  });

  test("is dropped if it is a status, because what is printed remains", async () => {
    await sendToEngine("status", ["chunk 3 of 5"]);
    expect(printed).not.toHaveBeenCalled();
  });
});
