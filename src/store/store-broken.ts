// The store broke while the App ran, and works no more in this process: the message is a sentence for
// the operator. What was committed is there after the next start.

export class StoreBroken extends Error {
  override readonly name = "StoreBroken";
}
