/**
 * A failure that its text explains to a person. It has no trace: the engine's host of dynamic providers would print it
 * under the text, and it says nothing to the one who has to act.
 */
export class UserError extends Error {
  override readonly name: string = "Error";

  constructor(message: string) {
    super(message);
    this.stack = "";
  }
}
