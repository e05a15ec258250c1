// How each framework hands a request over: what comes by position, and where every other parameter comes from.
// The words are those of `routes` and `views` in rules/models.

import type { RuleNotation } from "./route-rules.ts";

export interface RouteStyle {
  /** What stands first, behind `self`. */
  readonly handed: readonly Handed[];
  /** That the handed ones stand last, where a function may leave out what comes before them. */
  readonly isHandedLast?: true;
  /**
   * Where the other parameters come from: the route's text, its signature, its decorators, the fields of its class, the visitor whatever
   * they are called, or nowhere that is known.
   */
  readonly others: "rule" | "signature" | "decorators" | "arguments" | "visitor" | "unknown";
  /** The name of the last parameter that is not the visitor's: `info` of a resolver. */
  readonly behind?: string;
  /** What they are, where that is not a part of a request. */
  readonly origin?: string;
  /** How the route's text writes them. */
  readonly notation: RuleNotation;
  /** That they can come from nowhere else, so that they are text where the route's own is not at hand. */
  readonly isFromPathAlone?: true;
  /** The class of requests whose `path` is the route's text, if that has no parameters. */
  readonly fixedPath?: string;
  /** That text which is returned is sent as HTML. */
  readonly isHtml?: true;
  /** That the class of a view is made with what is handed over, for each request. */
  readonly makesSelf?: true;
  /** Methods that answer, where the class has no base to tell them by. */
  readonly methods?: RegExp;
}

/** The type of an object of the library, or a dict of which some keys are the visitor's, by their concepts. */
export type Handed =
  | { readonly type: string; readonly pathParameters?: string }
  | {
      readonly keys: Readonly<Record<string, string>>;
      /** Keys that whoever runs the program writes; all others are the visitor's, by this concept. */
      readonly others?: { readonly concept: string; readonly harmless: readonly string[] };
    }
  /** A message whose fields are the visitor's. */
  | { readonly origin: string };

/** `undefined` for a style that hands nothing over that is known. */
export function styleOf(name: string): RouteStyle | undefined {
  return styles[name];
}

const flask = {
  handed: [],
  others: "rule",
  notation: "<type:name>",
  fixedPath: "werkzeug.wrappers.Request",
} as const;

const styles: Readonly<Record<string, RouteStyle>> = {
  flask: { ...flask, isHtml: true },
  "flask-resource": flask,
  quart: { ...flask, isHtml: true },
  django: {
    handed: [{ type: "django.http.HttpRequest" }],
    others: "rule",
    notation: "<type:name>",
  },
  "rest-framework": {
    handed: [{ type: "rest_framework.request.Request" }],
    others: "rule",
    notation: "<type:name>",
  },
  // A router makes the address, and what it finds there is a text.
  "rest-framework-viewset": {
    handed: [{ type: "rest_framework.request.Request" }],
    others: "rule",
    notation: "<type:name>",
    isFromPathAlone: true,
  },
  fastapi: { handed: [], others: "signature", notation: "{name:type}" },
  starlette: {
    handed: [{ type: "starlette.requests.Request", pathParameters: "path_params" }],
    others: "unknown",
    notation: "{name:type}",
  },
  "starlette-websocket": {
    handed: [{ type: "starlette.websockets.WebSocket", pathParameters: "path_params" }],
    others: "unknown",
    notation: "{name:type}",
  },
  aiohttp: {
    handed: [{ type: "aiohttp.web.Request", pathParameters: "match_info" }],
    others: "unknown",
    notation: "{name:type}",
  },
  tornado: { handed: [], others: "rule", notation: "pattern", isFromPathAlone: true },
  sanic: {
    handed: [{ type: "sanic.Request", pathParameters: "match_info" }],
    others: "rule",
    notation: "<name:type>",
  },
  bottle: { handed: [], others: "rule", notation: "<name:type>", isHtml: true },
  falcon: {
    handed: [{ type: "falcon.Request" }, { type: "falcon.Response" }],
    others: "rule",
    notation: "{name:type}",
    isFromPathAlone: true,
    methods: /^on_(?:get|post|put|patch|delete|head|options|websocket)(?:_\w+)?$/u,
  },
  pyramid: {
    handed: [{ type: "pyramid.request.Request" }],
    isHandedLast: true,
    others: "unknown",
    notation: "{name:type}",
    makesSelf: true,
  },
  cherrypy: { handed: [], others: "visitor", notation: "{name:type}", isHtml: true },
  // https://flask.palletsprojects.com/ is what runs below: a function is given its request.
  "cloud-function": {
    handed: [{ type: "flask.Request" }],
    others: "unknown",
    notation: "<type:name>",
    isHtml: true,
  },
  // Only what the models mark of a method comes over the socket; the rest is found by its keys.
  websocket: { handed: [], others: "unknown", notation: "{name:type}" },
  graphene: { handed: [], others: "arguments", notation: "{name:type}", behind: "info" },
  strawberry: { handed: [], others: "signature", notation: "{name:type}", origin: "http-body" },
  "django-ninja": {
    handed: [{ type: "django.http.HttpRequest" }],
    others: "signature",
    notation: "{name:type}",
  },
  "remote-call": {
    handed: [],
    others: "visitor",
    notation: "{name:type}",
    methods: /^[a-z]/u,
  },
  click: { handed: [], others: "decorators", notation: "{name:type}", origin: "cli-input" },
  typer: { handed: [], others: "signature", notation: "{name:type}", origin: "cli-input" },
  chalice: { handed: [], others: "rule", notation: "{name:type}" },
  // https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html
  lambda: {
    handed: [
      {
        keys: {
          body: "http-body",
          queryStringParameters: "http-parameter",
          multiValueQueryStringParameters: "http-parameter",
          rawQueryString: "http-parameter",
          pathParameters: "http-path",
          path: "http-path",
          rawPath: "http-path",
          headers: "http-header",
          multiValueHeaders: "http-header",
          cookies: "http-cookie",
        },
        // What calls the function by itself, and messages of queues and buckets: `event["Records"]`.
        others: {
          concept: "http-body",
          harmless: [
            ...[
              "requestContext",
              "stageVariables",
              "httpMethod",
              "resource",
              "version",
              "routeKey",
            ],
            ...["isBase64Encoded", "account", "region", "time", "id", "source", "detail-type"],
            ...["resources", "methodArn", "type", "triggerSource", "RequestType", "StackId"],
            ...["LogicalResourceId", "PhysicalResourceId", "ResponseURL", "ResourceProperties"],
          ],
        },
      },
    ],
    others: "unknown",
    notation: "{name:type}",
  },
  // https://peps.python.org/pep-3333/#environ-variables
  wsgi: {
    handed: [
      {
        keys: {
          QUERY_STRING: "http-parameter",
          PATH_INFO: "http-path",
          "wsgi.input": "http-body",
          HTTP_COOKIE: "http-cookie",
          HTTP_HOST: "http-header",
          HTTP_REFERER: "http-header",
          HTTP_USER_AGENT: "http-header",
          HTTP_X_FORWARDED_FOR: "http-header",
        },
      },
      { type: "wsgi.StartResponse" },
    ],
    others: "unknown",
    notation: "{name:type}",
  },
  // https://asgi.readthedocs.io/en/latest/specs/www.html#http-connection-scope
  asgi: {
    handed: [
      {
        keys: {
          query_string: "http-parameter",
          path: "http-path",
          raw_path: "http-path",
          headers: "http-header",
        },
      },
      { type: "asgi.Receive" },
    ],
    others: "unknown",
    notation: "{name:type}",
  },
  // https://grpc.github.io/grpc/python/grpc.html#service-side-context
  grpc: {
    handed: [{ origin: "http-body" }],
    others: "unknown",
    notation: "{name:type}",
  },
};
