import { Declarations } from "../../../provider/session/declarations";
import { SharedRun } from "../../../provider/session/sharedRun";
import { Processes } from "./otherProcesses";

const ENGINE = "127.0.0.1:40001";
const SCOPE = ["key of the organization"];

let processes: Processes;
let run: SharedRun;
let declarations: Declarations;

beforeEach(() => {
  processes = new Processes();
  run = new SharedRun();
  run.join(ENGINE);
  declarations = new Declarations(run, () => SCOPE);
});

afterEach(() => {
  run.leave();
  processes.remove();
});

test("the declared ids are those of this process and of others", () => {
  declarations.declare(["cert_a"]);
  processes.start(ENGINE).report("declare", SCOPE, ["cert_b"]);
  expect(declarations.declared).toEqual(new Set(["cert_a", "cert_b"]));
});

test("each declared id is reported to other processes once", () => {
  const report = jest.spyOn(run, "report");
  declarations.declare(["cert_a", "cert_b"]);
  declarations.declare(["cert_b", "cert_c"]);
  expect(report.mock.calls).toEqual([
    ["declare", SCOPE, ["cert_a", "cert_b"]],
    ["declare", SCOPE, ["cert_c"]],
  ]);
});

test("changes are reported to other processes before they are requested", () => {
  const report = jest.spyOn(run, "report");
  declarations.record("deactivate", ["cert_a"]);
  declarations.record("activate", ["cert_a"]);
  expect(report.mock.calls).toEqual([
    ["deactivate", SCOPE, ["cert_a"]],
    ["activate", SCOPE, ["cert_a"]],
  ]);
});

test("an id that was deactivated is so until it is activated again", () => {
  declarations.record("deactivate", ["cert_a", "cert_b"]);
  declarations.record("activate", ["cert_a"]);
  expect(declarations.deactivated).toEqual(new Set(["cert_b"]));
  declarations.record("deactivate", ["cert_a"]);
  expect(declarations.deactivated).toEqual(new Set(["cert_a", "cert_b"]));
});

test("an id that another process deactivated is so until this one activates it", () => {
  const other = processes.start(ENGINE);
  other.report("deactivate", SCOPE, ["cert_a", "cert_b"]);
  expect(declarations.deactivated).toEqual(new Set(["cert_a", "cert_b"]));
  declarations.record("activate", ["cert_a"]);
  expect(declarations.deactivated).toEqual(new Set(["cert_b"]));
});

test("the announced ids are those of which a deactivation was logged", () => {
  declarations.announceDeactivation(["cert_a"]);
  declarations.announceDeactivation(new Set(["cert_b"]));
  expect(declarations.announced).toEqual(new Set(["cert_a", "cert_b"]));
  expect(declarations.declared).toEqual(new Set());
});
