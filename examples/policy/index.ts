import { PolicyPack } from "@pulumi/policy";
import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { certificatesIn, isActivation } from "./activation";
import type { Activation } from "./activation";
import { liveCertificates } from "./live";
import { enforcementNeedsLabel, labelsIn } from "./rules/enforcement";
import { exclusiveIsNotEmpty } from "./rules/exclusive";
import { noneExpires } from "./rules/expiry";
import { hasSpare } from "./rules/spare";

/** The minimum number of days until expiry. */
const daysSchema = { properties: { days: { type: "number" as const, default: 30 } } };

/**
 * A rule for the inputs of each activation. The engine evaluates it in previews and, before each change, in updates.
 */
function rule(
  policy: Omit<ResourceValidationPolicy, "validateResource">,
  violationsOf: (
    activation: Activation,
    args: ResourceValidationArgs,
  ) => readonly string[] | Promise<readonly string[]>,
): ResourceValidationPolicy {
  return {
    ...policy,
    validateResource: async (args, reportViolation) => {
      if (!isActivation(args.type)) return;
      for (const violation of await violationsOf(args.props as Activation, args)) reportViolation(violation);
    },
  };
}

new PolicyPack("openai-mtls", {
  enforcementLevel: "mandatory",
  policies: [
    rule(
      {
        name: "enforcement-needs-label",
        description: "Enforcement of mutual TLS changes only with a label.",
      },
      (activation) => enforcementNeedsLabel(activation, labelsIn(process.env["PULL_REQUEST_LABELS"])),
    ),
    rule(
      {
        name: "one-to-spare",
        description: "At least two certificates are active, so that one can be revoked.",
        configSchema: { properties: { minimum: { type: "number", default: 2 } } },
      },
      (activation, args) => hasSpare(activation, args.getConfig<{ minimum: number }>().minimum),
    ),
    rule(
      {
        name: "exclusive-is-not-empty",
        description: "An exclusive activation has at least one certificate.",
      },
      exclusiveIsNotEmpty,
    ),
    rule(
      {
        name: "none-expires-soon",
        description: "No declared certificate expires within the given days. Requires OPENAI_ADMIN_KEY.",
        configSchema: daysSchema,
      },
      async (activation, args) => {
        const { days } = args.getConfig<{ days: number }>();
        return noneExpires((await liveCertificates(activation)) ?? [], days, Date.now() / 1000);
      },
    ),
    {
      name: "none-active-expires-soon",
      description: "No active certificate in the state expires within the given days. Requires no key.",
      configSchema: daysSchema,
      validateStack: (args, reportViolation) => {
        const { days } = args.getConfig<{ days: number }>();
        for (const { props, urn } of args.resources.filter(({ type }) => isActivation(type))) {
          const violations = noneExpires(certificatesIn(props), days, Date.now() / 1000);
          for (const violation of violations) reportViolation(violation, urn);
        }
      },
    },
  ],
});
