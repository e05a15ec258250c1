// How GraphQL says no: inside a 200 answer, with a type beside the message.

/** Thrown by a resolver; its type stands beside the message in the answer. */
export class GraphQlRefusal extends Error {
  readonly type: "FORBIDDEN" | "NOT_FOUND" | "UNPROCESSABLE";

  constructor(type: GraphQlRefusal["type"], message: string) {
    super(message);
    this.type = type;
  }
}
