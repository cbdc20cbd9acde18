import { ExplainedError } from "../explainedError";

/** The configuration cannot be used. Names each wrong setting, the reason and the remedy; never a secret's value. */
export class ConnectionError extends ExplainedError {
  override readonly name = "ConnectionError";
}
