// Calls that take a login as a pair, `auth=("user", "password")`, or as an object made of one; and calls whose
// key is no sink, since their result carries what they were given.

const methods = ["get", "post", "put", "patch", "delete", "head", "options", "request"];

export const loginCalls: readonly string[] = [
  ...["requests", "requests.Session", "httpx", "httpx.Client", "httpx.AsyncClient"].flatMap(
    (owner) => methods.map((method) => `${owner}.${method}`),
  ),
  ...["requests.auth.HTTPBasicAuth", "httpx.BasicAuth", "httpx.Client", "httpx.AsyncClient"],
];

/** By API path: the position of `key`. */
export const keyCalls: ReadonlyMap<string, number> = new Map([
  ["jwt.decode", 1],
  ["jose.jwt.decode", 1],
  ["jose.jws.verify", 1],
]);
