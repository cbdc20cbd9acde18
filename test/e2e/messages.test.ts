import { parsePreview } from "../../cli/report/input/preview";
import { reportOf } from "../../cli/report/model/reportOf";
import { ids } from "../support/ids";
import { createFixture } from "./fixture";
import type { Fixture } from "./fixture";

let fixture: Fixture;

beforeAll(async () => {
  fixture = await createFixture();
  await fixture.setIds(ids(1, 3));
});
afterAll(() => fixture.dispose());

test("a preview logs one message and one warning for a resource, each with its severity", async () => {
  const { stdout } = await fixture.stack.run(["preview", "--json"]);
  const preview = parsePreview(stdout);
  expect(preview.diagnostics.map(({ severity }) => severity).sort()).toEqual(["info", "warning"]);
  const messageOf = (severity: string) =>
    preview.diagnostics.find((each) => each.severity === severity)?.message ?? "";
  expect(messageOf("info").trimEnd().split("\n")).toEqual([
    "organization: 3 to activate; mTLS will be enforced; 2 API calls",
    expect.stringMatching(/^ {2}\+ cert_01 /),
    expect.stringMatching(/^ {2}\+ cert_02 /),
    expect.stringMatching(/^ {2}\+ cert_03 /),
  ]);
  expect(messageOf("warning")).toMatch(/for the organization/);
  expect(reportOf(preview, Date.now() / 1000)).toMatchObject({ scopes: [{ source: "api" }], notes: [] });
});
