// Rules that GitHub enforces and its description does not write down, each with GitHub's own words.

import type { FieldError } from "./refusal.ts";
import { validationFailed } from "./refusal.ts";

/** Characters of any comment's or review's body. */
export const longestBody = 65_536;

/** The body of a single comment: neither blank nor too long. */
export function checkBody(resource: string, body: string): void {
  const says = bodyFault(body);
  if (says === undefined) return;
  throw validationFailed({ resource, field: "body", code: "custom", message: `body ${says}` });
}

function bodyFault(body: string): string | undefined {
  if (body.trim() === "") return "can't be blank";
  return body.length > longestBody ? "is too long (maximum is 65536 characters)" : undefined;
}

export interface CheckBody {
  readonly status?: string;
  readonly conclusion?: string;
  readonly completed_at?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary?: string;
    readonly text?: string;
    readonly annotations?: readonly {
      readonly start_line: number;
      readonly end_line: number;
      readonly start_column?: number;
      readonly end_column?: number;
      readonly message: string;
      readonly title?: string;
      readonly raw_details?: string;
      readonly path: string;
    }[];
  };
}

/** What a check run's request must fulfil beyond its shape. Throws the 422. */
export function checkCheckRun(body: CheckBody): void {
  const faults: FieldError[] = [];
  const add = (field: string, message: string) =>
    faults.push({ resource: "CheckRun", field, code: "custom", message });
  if (body.status === "completed" && body.conclusion === undefined) {
    add("conclusion", "conclusion is required when status is completed");
  }
  if (body.completed_at !== undefined && body.conclusion === undefined) {
    add("conclusion", "conclusion is required when completed_at is given");
  }
  if (body.conclusion === "stale")
    add("conclusion", "conclusion can only be set to stale by GitHub");
  if (body.conclusion !== undefined && body.status !== undefined && body.status !== "completed") {
    add("status", "status must be completed when a conclusion is given");
  }
  if (body.status !== undefined && !settable.has(body.status)) {
    add("status", `status ${body.status} can only be set by GitHub Actions`);
  }
  const { output } = body;
  if (output) {
    if (!output.title) add("output.title", "title can't be blank");
    for (const field of ["summary", "text"] as const) {
      if (Buffer.byteLength(output[field] ?? "") > longestOutput) {
        add(`output.${field}`, `${field} exceeds a maximum bytesize of 65535`);
      }
    }
    for (const annotation of output.annotations ?? []) checkAnnotation(annotation, add);
  }
  if (faults.length > 0) throw validationFailed(...faults);
}

const settable = new Set(["queued", "in_progress", "completed"]);
const longestOutput = 65_535;
const longestMessage = 64 * 1024;
const longestTitle = 255;

type Annotation = NonNullable<NonNullable<CheckBody["output"]>["annotations"]>[number];

function checkAnnotation(annotation: Annotation, add: (field: string, says: string) => void): void {
  const { start_line: start, end_line: end, start_column: from, end_column: to } = annotation;
  if (start < 1) add("annotations.start_line", "start_line must be greater than 0");
  if (end < start) add("annotations.end_line", "end_line must not be before start_line");
  if ((from !== undefined || to !== undefined) && start !== end) {
    add("annotations.start_column", "columns are only supported for annotations of one line");
  }
  if (from !== undefined && to !== undefined && to < from) {
    add("annotations.end_column", "end_column must not be before start_column");
  }
  if (from !== undefined && from < 1)
    add("annotations.start_column", "start_column must be greater than 0");
  if (annotation.path === "" || annotation.path.startsWith("/")) {
    add("annotations.path", "path must be relative to the repository");
  }
  if (annotation.message === "") add("annotations.message", "message can't be blank");
  if (Buffer.byteLength(annotation.message) > longestMessage) {
    add("annotations.message", "message exceeds a maximum bytesize of 65536");
  }
  if (Buffer.byteLength(annotation.raw_details ?? "") > longestMessage) {
    add("annotations.raw_details", "raw_details exceeds a maximum bytesize of 65536");
  }
  if ((annotation.title ?? "").length > longestTitle) {
    add("annotations.title", "title is too long (maximum is 255 characters)");
  }
}
