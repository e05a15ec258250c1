// Calls that take a login as a pair, `auth=("user", "password")`, or as an object made of one.

const methods = ["get", "post", "put", "patch", "delete", "head", "options", "request"];

export const loginCalls: readonly string[] = [
  ...["requests", "requests.Session", "httpx", "httpx.Client", "httpx.AsyncClient"].flatMap(
    (owner) => methods.map((method) => `${owner}.${method}`),
  ),
  ...["requests.auth.HTTPBasicAuth", "httpx.BasicAuth", "httpx.Client", "httpx.AsyncClient"],
];
