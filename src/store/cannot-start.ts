// A reason not to start that the operator can mend: the message is a sentence for them.

export class CannotStart extends Error {
  override readonly name = "CannotStart";
}
