import type { Deactivation } from "../../../provider/planSummary/summarize";
import type { Declarations } from "../../../provider/run/declarations";
import { Processes } from "./processes";
import type { Process } from "./processes";

const ENGINE = "127.0.0.1:40001";
const SCOPE = ["key of the organization", "key of the admin"];

let processes: Processes;
let own: Declarations;

beforeEach(async () => {
  processes = new Processes();
  ({ declarations: own } = await processes.start(ENGINE, SCOPE));
});

afterEach(() => {
  processes.remove();
});

const other = (scope = SCOPE, engine = ENGINE): Promise<Process> => processes.start(engine, scope);
const deactivation = (id: string, isUnmanaged: boolean): Deactivation => ({
  certificate: { id, name: null, active: true, certificateDetails: {} },
  isUnmanaged,
});

test("the declared and managed ids are those of this process and of others, as they are now", async () => {
  own.declare(["cert_a"]);
  own.manage(["cert_c"]);
  const { declarations } = await other();
  declarations.declare(["cert_b"]);
  declarations.manage(["cert_d"]);
  expect(await own.known()).toMatchObject({
    declared: new Set(["cert_a", "cert_b"]),
    managed: new Set(["cert_c", "cert_d"]),
  });
  declarations.declare(["cert_e"]);
  expect((await own.known()).declared).toEqual(new Set(["cert_a", "cert_b", "cert_e"]));
});

test("processes know the same scope when one of its keys is the same", async () => {
  (await other(["key of the organization", "another admin"])).declarations.declare(["cert_a"]);
  (await other(["another organization", "yet another admin"])).declarations.declare(["cert_b"]);
  expect((await own.known()).declared).toEqual(new Set(["cert_a"]));
});

test("a process of another run of the engine declares nothing here", async () => {
  (await other(SCOPE, "127.0.0.1:40002")).declarations.declare(["cert_a"]);
  expect((await own.known()).declared).toEqual(new Set());
});

test("a process that has ended declares nothing any longer", async () => {
  const { run, declarations } = await other();
  declarations.declare(["cert_a"]);
  expect((await own.known()).declared).toEqual(new Set(["cert_a"]));
  run.leave();
  await Promise.resolve();
  expect((await own.known()).declared).toEqual(new Set());
});

test("an id that was deactivated is so until it is activated again, in whatever process", async () => {
  const { declarations } = await other();
  own.record("deactivate", ["cert_a", "cert_b"]);
  declarations.record("activate", ["cert_a"]);
  expect((await own.known()).deactivated).toEqual(new Set(["cert_b"]));
  expect((await declarations.known()).deactivated).toEqual(new Set(["cert_b"]));
  own.record("deactivate", ["cert_a"]);
  declarations.record("activate", ["cert_b"]);
  expect((await own.known()).deactivated).toEqual(new Set(["cert_a"]));
});

test("the announced ids are those of which a deactivation was logged, those of no resource apart", async () => {
  own.announceDeactivation([deactivation("cert_a", false), deactivation("cert_b", true)]);
  expect(own.announced()).toEqual(new Set(["cert_a", "cert_b"]));
  expect(own.announced(60_000)).toEqual(new Set());
  const { declarations } = await other();
  expect((await declarations.known()).announcedSurplus).toEqual(new Set(["cert_b"]));
  expect((await own.known()).declared).toEqual(new Set());
});
