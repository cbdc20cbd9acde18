import { runAsCommand } from "../verify";
import { CHAIN_CHECK } from "./chains/chains";
import { NODE_CLIENT, PYTHON_CLIENT } from "./clients/clients";
import { EXAMPLES } from "./examples/examples";
import { FUZZ_REQUESTS, FUZZ_SEQUENCES } from "./fuzz/fuzz";
import { KNOWN_CLIENTS } from "./knownClients/knownClients";
import { MUTATION, MUTATION_REST } from "./mutation/mutation";
import { PROXY } from "./proxy/proxy";
import { TIMELINE } from "./timeline/timeline";

runAsCommand({
  command: "verify:outside",
  checks: [
    NODE_CLIENT,
    PYTHON_CLIENT,
    EXAMPLES,
    FUZZ_REQUESTS,
    FUZZ_SEQUENCES,
    PROXY,
    CHAIN_CHECK,
    KNOWN_CLIENTS,
    TIMELINE,
    MUTATION,
    MUTATION_REST,
  ],
});
