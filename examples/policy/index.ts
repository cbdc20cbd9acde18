import { PolicyPack, type ResourceValidationArgs, type ResourceValidationPolicy } from "@pulumi/policy";
import { type Activation, certificatesIn, isActivation } from "./activation";
import { liveCertificates } from "./live";
import { enforcementNeedsLabel, labelsIn } from "./rules/enforcement";
import { exclusiveIsNotEmpty } from "./rules/exclusive";
import { noneExpires } from "./rules/expiry";
import { hasSpare } from "./rules/spare";

/** Days that a certificate has to last, unless the configuration of the policy says otherwise. */
const daysSchema = { properties: { days: { type: "number" as const, default: 30 } } };

/** A rule about the inputs of each activation, looked at before its step, in the preview and in the apply. */
function rule(
  policy: Omit<ResourceValidationPolicy, "validateResource">,
  judge: (
    activation: Activation,
    args: ResourceValidationArgs,
  ) => readonly string[] | Promise<readonly string[]>,
): ResourceValidationPolicy {
  return {
    ...policy,
    validateResource: async (args, reportViolation) => {
      if (!isActivation(args.type)) return;
      for (const violation of await judge(args.props as Activation, args)) reportViolation(violation);
    },
  };
}

new PolicyPack("openai-mtls", {
  enforcementLevel: "mandatory",
  policies: [
    rule(
      { name: "enforcement-needs-label", description: "Mutual TLS is turned on or off only with a label." },
      (activation) => enforcementNeedsLabel(activation, labelsIn(process.env["PULL_REQUEST_LABELS"])),
    ),
    rule(
      {
        name: "one-to-spare",
        description: "A set has at least two certificates, so that one can be revoked.",
        configSchema: { properties: { minimum: { type: "number", default: 2 } } },
      },
      (activation, args) => hasSpare(activation, args.getConfig<{ minimum: number }>().minimum),
    ),
    rule(
      { name: "exclusive-is-not-empty", description: "An exclusive set names at least one certificate." },
      exclusiveIsNotEmpty,
    ),
    rule(
      {
        name: "none-expires-soon",
        description: "No certificate of a set expires within some days. Needs OPENAI_ADMIN_KEY.",
        configSchema: daysSchema,
      },
      async (activation, args) => {
        const { days } = args.getConfig<{ days: number }>();
        return noneExpires((await liveCertificates(activation)) ?? [], days, Date.now() / 1000);
      },
    ),
    {
      name: "none-active-expires-soon",
      description: "No certificate that the state says is active expires within some days. Needs no key.",
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
