// A server listens on every network of the machine, not only on those that it is meant for.

import {
  argumentOfCall,
  type CallEvent,
  codeOf,
  constantsOf,
  defineRule,
  enclosingNodes,
  faultyCalls,
  isForDevelopment,
  isOnly,
  itemsOf,
  quoteCode,
  type Value,
} from "#rule";

interface Listener {
  readonly name: string;
  readonly position?: number;
  /** The address is the first of a pair: `("", 8000)`. */
  readonly isPair?: true;
  /** An empty text is every network too. */
  readonly emptyIsAll?: true;
  /** Made for production: started by hand, it is what a container runs. */
  readonly isServer?: true;
}

const pair = { isPair: true, emptyIsAll: true, position: 0 } as const;

const listeners: ReadonlyMap<string, Listener> = new Map<string, Listener>([
  ["socket.socket.bind", { name: "address", ...pair }],
  ["socket.create_server", { name: "address", ...pair }],
  ["eventlet.listen", { name: "addr", ...pair }],
  ...["HTTPServer", "ThreadingHTTPServer"].map(
    (name) => [`http.server.${name}`, { name: "server_address", ...pair }] as const,
  ),
  ...["TCPServer", "UDPServer", "ThreadingTCPServer", "ThreadingUDPServer"].map(
    (name) => [`socketserver.${name}`, { name: "server_address", ...pair }] as const,
  ),
  ["xmlrpc.server.SimpleXMLRPCServer", { name: "addr", ...pair }],
  ["multiprocessing.managers.BaseManager", { name: "address", ...pair }],
  ["gevent.pywsgi.WSGIServer", { name: "listener", ...pair, isServer: true }],
  ["wsgiref.simple_server.make_server", { name: "host", position: 0, emptyIsAll: true }],
  ["asyncio.start_server", { name: "host", position: 1 }],
  ["asyncio.AbstractEventLoop.create_server", { name: "host", position: 1 }],
  ["flask.Flask.run", { name: "host", position: 0 }],
  ["quart.Quart.run", { name: "host", position: 0 }],
  ["flask_socketio.SocketIO.run", { name: "host", position: 1 }],
  ["dash.Dash.run", { name: "host", position: 0 }],
  ["dash.Dash.run_server", { name: "host", position: 0 }],
  ["werkzeug.serving.run_simple", { name: "hostname", position: 0 }],
  ["bottle.run", { name: "host" }],
  ["bottle.Bottle.run", { name: "host" }],
  ["sanic.Sanic.run", { name: "host", position: 0 }],
  ["tornado.web.Application.listen", { name: "address", position: 1 }],
  ["tornado.httpserver.HTTPServer.listen", { name: "address", position: 1 }],
  ["uvicorn.run", { name: "host", isServer: true }],
  ["uvicorn.Config", { name: "host", isServer: true }],
  ["waitress.serve", { name: "host", isServer: true }],
  ["aiohttp.web.run_app", { name: "host", isServer: true }],
  ["aiohttp.web.TCPSite", { name: "host", position: 1, isServer: true }],
  ["granian.Granian", { name: "address", isServer: true }],
  ["websockets.serve", { name: "host", position: 1 }],
  ["websockets.server.serve", { name: "host", position: 1 }],
  ["websockets.asyncio.server.serve", { name: "host", position: 1 }],
  ["gradio.Blocks.launch", { name: "server_name" }],
  ["gradio.Interface.launch", { name: "server_name" }],
]);
const grpc = ["add_insecure_port", "add_secure_port"].map((name) => `grpc.Server.${name}`);

export default defineRule({
  watches: [...listeners.keys(), ...grpc],
  *check({ program, finding }) {
    for (const { span, fault } of faultyCalls(program.calls, faultOf)) {
      if (isForDevelopment(span.module.path)) continue;
      yield finding(
        span,
        `${quoteCode(fault)} listens on every network of the machine, also on those it is not meant for. Listen on \`127.0.0.1\`, or let a setting name the address.`,
      );
    }
  },
});

function faultOf(call: CallEvent): string | undefined {
  if (call.paths.some((path) => grpc.includes(path))) {
    const known = constantsOf(argumentOfCall(call, "address", 0));
    const isOpen =
      known.length > 0 && known.every((each) => /^(?:0\.0\.0\.0|\[::\]):/u.test(String(each)));
    return isOpen ? String(known[0]) : undefined;
  }
  const listener = call.paths.map((path) => listeners.get(path)).find((each) => each !== undefined);
  if (!listener) return undefined;
  const given = argumentOfCall(call, listener.name, listener.position);
  const [host, port] = listener.isPair ? (itemsOf(call.objects, given) ?? []) : [given];
  if (!isEverywhere(host, listener) || isOnly(port, 0)) return undefined;
  return isContainer(call, listener) || listensForAll(call) ? undefined : shown(host);
}

function isEverywhere(host: Value | undefined, { emptyIsAll }: Listener): boolean {
  const all = ["0.0.0.0", "::", "[::]", "0", ...(emptyIsAll ? [""] : [])];
  return isOnly(host, ...all);
}

function shown(host: Value | undefined): string {
  return JSON.stringify(constantsOf(host)[0]);
}

/** What a container starts must be reached from outside of it: the network around it is its own. */
function isContainer(call: CallEvent, { isServer }: Listener): boolean {
  if (
    /(?:^|[/_-])(?:docker|container|entry_?point|gunicorn)[^/]*\.py$|(?:^|\/)docker\//iu.test(
      call.module.path,
    )
  )
    return true;
  return enclosingNodes(call.span).some((node) => {
    if (node.kind === "function")
      return (
        /docker|container|kubernetes|k8s/iu.test(node.name) ||
        (isServer === true && node.name === "main")
      );
    if (node.kind !== "if") return false;
    const tests = node.branches.map(({ test }) =>
      codeOf({ ...call.span, start: test.start, end: test.end }),
    );
    return tests.some(
      (test) =>
        /docker|container|kubernetes|k8s/iu.test(test) ||
        (isServer === true && /__main__/u.test(test)),
    );
  });
}

/** Who listens for broadcasts has to listen everywhere. */
function listensForAll(call: CallEvent): boolean {
  const around = enclosingNodes(call.span).findLast(
    ({ kind }) => kind === "function" || kind === "class",
  );
  const code = around
    ? codeOf({ ...call.span, start: around.start, end: around.end })
    : call.module.text;
  return /IP_ADD_MEMBERSHIP|IPV6_JOIN_GROUP|SO_BROADCAST/u.test(code);
}
