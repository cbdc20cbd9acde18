import { FAULT_CASES } from "./faultCases";
import type { ScopeKind } from "./fixture";
import { OPERATIONS } from "./operations";
import type { Scenario } from "./scenario";
import { UPLOAD_OPERATIONS } from "./uploadScenario";
import type { UploadScenario } from "./uploadScenario";

export const SCOPES: readonly ScopeKind[] = ["organization", "project"];

export function allScenarios(): readonly Scenario[] {
  return SCOPES.flatMap((scope) =>
    OPERATIONS.flatMap((operation) =>
      operation.calls.flatMap((endpoint, position) =>
        FAULT_CASES.filter((faultCase) => faultCase.appliesTo(endpoint)).flatMap((faultCase) =>
          [true, false].flatMap((lasting) =>
            (["up", "refresh, up"] as const).map((next): Scenario => ({
              scope,
              operation,
              position,
              faultCase,
              lasting,
              next,
            })),
          ),
        ),
      ),
    ),
  );
}

export function allUploadScenarios(): readonly UploadScenario[] {
  return UPLOAD_OPERATIONS.flatMap((operation) =>
    operation.calls.flatMap((endpoint, position) =>
      FAULT_CASES.filter((faultCase) => faultCase.appliesTo(endpoint)).flatMap((faultCase) =>
        [true, false].map((lasting): UploadScenario => ({ operation, position, faultCase, lasting })),
      ),
    ),
  );
}
