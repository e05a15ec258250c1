// Middleware of Starlette and FastAPI applications, by each of the ways to put it in.

import type { CallEvent } from "../flow/frame.ts";
import { argumentOfCall, pathsOf } from "./arguments-of-call.ts";

/** The calls that put middleware in; whoever asks must watch them, and the class itself. */
export const middlewareCalls: readonly string[] = [
  "fastapi.FastAPI.add_middleware",
  "starlette.applications.Starlette.add_middleware",
  "starlette.middleware.Middleware",
];

/** Whether a call puts in middleware of this class: its other arguments are then that class's own. */
export function addsMiddleware(call: CallEvent, type: string): boolean {
  if (call.paths.includes(type)) return true;
  if (!call.paths.some((path) => middlewareCalls.includes(path))) return false;
  const added = argumentOfCall(call, "middleware_class", 0) ?? argumentOfCall(call, "cls", 0);
  return pathsOf(added).some(
    (path) => path === type || path === type.replace(/^starlette\./u, "fastapi."),
  );
}
