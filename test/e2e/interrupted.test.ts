import { CREATE, UPDATE } from "../resilience/interruptions/plan";
import type { Interruption, InterruptPoint } from "../resilience/interruptions/plan";
import { runInterruption } from "../resilience/interruptions/runInterruption";

/** `npm run test:interruptions` interrupts at many more points. */
describe("an interrupted update of 50 ids", () => {
  const activating: InterruptPoint = { position: 3, phase: "executed" };
  test.each([
    { interruption: "^C", change: CREATE, needed: ["up"], calls: "none" },
    {
      interruption: "SIGKILL",
      change: UPDATE,
      needed: ["cancel", "up"],
      calls: "1 list, 1 activate, 2 deactivate",
    },
  ] satisfies { interruption: Interruption; [more: string]: unknown }[])(
    "is completed by one up after $interruption during $change.name",
    async ({ interruption, change, needed, calls }) => {
      const outcome = await runInterruption({ interruption, change, point: activating, first: "up" });
      expect(outcome).toMatchObject({ needed, calls, wrong: [] });
    },
  );
});
