import { PolicyPack } from "@pulumi/policy";
import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { certificatesIn, isActivation } from "./activation";
import type { Activation } from "./activation";
import { liveCertificates } from "./live";
import { hasClients } from "./rules/clients";
import { enforcementNeedsLabel, LABEL, labelsIn } from "./rules/enforcement";
import { exclusiveIsNotEmpty } from "./rules/exclusive";
import { noneExpires } from "./rules/expiry";
import { hasSpare } from "./rules/spare";

/** The page with each policy. Put the address of your copy here: Pulumi shows it with a violation. */
const URL_OF_POLICIES = "https://example.com/acme/policies/openai-mtls";

/** What to do about a certificate that expires soon. */
const ROTATE = "Upload a new certificate, activate it, move the clients to it, and deactivate the old one.";

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
        severity: "critical",
        remediationSteps: `Set enforcementChange to "refuse", or add the label ${LABEL} to the pull request.`,
        url: URL_OF_POLICIES,
      },
      (activation) => enforcementNeedsLabel(activation, labelsIn(process.env["PULL_REQUEST_LABELS"])),
    ),
    rule(
      {
        name: "one-to-spare",
        description: "At least two certificates are active, so that one can be revoked.",
        severity: "medium",
        remediationSteps: "Add a certificate of another authority to certificateIds.",
        url: URL_OF_POLICIES,
        configSchema: { properties: { minimum: { type: "number", default: 2 } } },
      },
      (activation, args) => hasSpare(activation, args.getConfig<{ minimum: number }>().minimum),
    ),
    rule(
      {
        name: "exclusive-is-not-empty",
        description: "An exclusive activation has at least one certificate.",
        severity: "critical",
        remediationSteps: "Add the certificates that stay active to certificateIds, or remove exclusive.",
        url: URL_OF_POLICIES,
      },
      exclusiveIsNotEmpty,
    ),
    rule(
      {
        name: "clients-are-known",
        description: "Each activation knows its clients, and refuses to lock one out.",
        severity: "high",
        remediationSteps: "Add the certificate of each client to clients, and remove clientLockout.",
        url: URL_OF_POLICIES,
        enforcementLevel: "disabled",
      },
      hasClients,
    ),
    rule(
      {
        name: "none-expires-soon",
        description: "No declared certificate expires within the given days. Requires OPENAI_ADMIN_KEY.",
        severity: "high",
        remediationSteps: ROTATE,
        url: URL_OF_POLICIES,
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
      severity: "high",
      remediationSteps: ROTATE,
      url: URL_OF_POLICIES,
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
