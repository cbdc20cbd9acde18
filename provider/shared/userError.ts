/**
 * A failure that its message explains to the user. It has no stack trace: the engine's host of dynamic providers would
 * print it under the message, and it does not help the user.
 */
export class UserError extends Error {
  override readonly name: string = "Error";

  constructor(message: string) {
    super(message);
    this.stack = "";
  }
}
