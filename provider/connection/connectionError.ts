/** The configuration cannot be used. Names each wrong setting, the reason and the remedy; never a secret's value. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
}
