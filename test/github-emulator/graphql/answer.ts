// GraphQL: every document is checked against GitHub's schema; what Pyward uses of it is answered,
// and a field that is asked for and not known here is an error, never a silent null.

import {
  buildSchema,
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  parse,
  validate,
} from "graphql";
import { z } from "zod";
import type { Actor, Answer, Stage } from "../call.ts";
import type { Ledger } from "../ledger.ts";
import { unauthorized } from "../refusal.ts";
import { GraphQlRefusal } from "./refusal.ts";
import { createGraphQlRoot } from "./root.ts";

export interface Question {
  readonly document: DocumentNode | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly isMutation: boolean;
  /** The first field asked for: `repository`, `resolveReviewThread`. */
  readonly field: string;
  /** Why the document is not GitHub's; empty if it is. */
  readonly faults: readonly string[];
}

const body = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** Reads a request's body and checks its document. */
export async function parseGraphQl(sent: unknown, ledger: Ledger): Promise<Question> {
  const read = body.safeParse(sent);
  const nothing = { document: undefined, variables: {}, isMutation: false, field: "unknown" };
  if (!read.success)
    return accused({ ...nothing, faults: ["A query attribute must be specified"] }, ledger);
  const variables = read.data.variables ?? {};
  try {
    const document = parse(read.data.query);
    const faults = validate(await githubSchema(), document).map((error) => error.message);
    const asked = document.definitions.find((each) => each.kind === "OperationDefinition");
    const [selection] = asked?.selectionSet.selections ?? [];
    const field = selection?.kind === "Field" ? selection.name.value : "unknown";
    const isMutation = asked?.operation === "mutation";
    return accused({ document, variables, isMutation, field, faults }, ledger);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return accused({ ...nothing, variables, faults: [error.message] }, ledger);
  }
}

/** Runs a question; refusals stand in the answer's `errors`, its status is 200, as GitHub does. */
export async function answerGraphQl(
  stage: Stage,
  actor: Actor,
  question: Question,
  ledger: Ledger,
): Promise<Answer> {
  if (actor.kind === "none") throw unauthorized("This endpoint requires you to be authenticated.");
  const { document, faults, variables } = question;
  if (!document || faults.length > 0) {
    return { body: { errors: faults.map((message) => ({ message })) } };
  }
  const result = await execute({
    schema: await githubSchema(),
    document,
    variableValues: variables,
    rootValue: createGraphQlRoot(stage, actor),
    fieldResolver: resolveKnown,
  });
  const errors = result.errors?.map((error) => {
    const refusal = error.originalError;
    const known = refusal instanceof GraphQlRefusal;
    const kind = known ? (refusal.type === "FORBIDDEN" ? "permission" : "semantic") : "emulator";
    // A variable that does not fit the schema is found here, and is the asker's fault.
    const mine = refusal === undefined ? "bad request" : kind;
    if (!(known && refusal.type === "NOT_FOUND")) {
      ledger.accuse({ kind: mine, request: `graphql ${question.field}`, detail: error.message });
    }
    const { message, path, locations } = error;
    return { ...(known && { type: refusal.type }), path, locations, message };
  });
  const data = result.data === undefined ? {} : { data: result.data };
  return { body: errors ? { ...data, errors } : data };
}

let loaded: Promise<GraphQLSchema> | undefined;

/** Loaded at the first question: it is a megabyte of text. */
function githubSchema(): Promise<GraphQLSchema> {
  loaded ??= import("@octokit/graphql-schema").then(({ schema }) =>
    buildSchema(schema.idl, { assumeValid: true }),
  );
  return loaded;
}

function accused(question: Question, ledger: Ledger): Question {
  if (question.faults.length > 0) {
    const request = `graphql ${question.field}`;
    ledger.accuse({ kind: "bad request", request, detail: question.faults.join("; ") });
  }
  return question;
}

const resolveKnown: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
  const holder = source as Readonly<Record<string, unknown>>;
  if (!(info.fieldName in holder)) {
    throw new Error(`the emulator does not know ${info.parentType.name}.${info.fieldName}`);
  }
  const value = holder[info.fieldName];
  return typeof value === "function" ? value(args, context, info) : value;
};
