// Connections to databases on other machines that are told to go without encryption or without a check,
// by an argument or in the address: `sslmode=disable`, `tlsInsecure=true`.

import { argumentOfCall, type CallEvent, constantsOf, entryOf, isOnly, type Value } from "#rule";

const postgres = ["psycopg2.connect", "psycopg.connect", "psycopg.Connection.connect"];
const asyncPostgres = ["asyncpg.connect", "asyncpg.create_pool"];
const mysql = ["mysql.connector.connect", "pymysql.connect", "MySQLdb.connect"];
const engines = ["sqlalchemy.create_engine", "sqlalchemy.ext.asyncio.create_async_engine"];
const byAddress = [
  ...["pymongo.MongoClient", "pymongo.asynchronous.mongo_client.AsyncMongoClient"],
  ...["motor.motor_asyncio.AsyncIOMotorClient", "redis.from_url", "redis.Redis.from_url"],
  ...["redis.asyncio.from_url", "redis.asyncio.Redis.from_url"],
];

export const databases: readonly string[] = [
  ...postgres,
  ...asyncPostgres,
  ...mysql,
  ...engines,
  ...byAddress,
];

const offInAddress =
  /[?&\s](?:sslmode=(?:disable|allow)|ssl_disabled=true|ssl=(?:false|disable)|tlsinsecure=true|tlsallowinvalid(?:certificates|hostnames)=true|ssl_cert_reqs=(?:none|cert_none))(?:&|\s|$)/iu;

/** Whether a call connects to another machine and switches the protection off. */
export function connectsUnprotected(call: CallEvent): boolean {
  if (!call.paths.some((path) => databases.includes(path))) return false;
  const options = argumentOfCall(call, "connect_args");
  const address =
    call.arguments.positional[0]?.value ??
    argumentOfCall(call, "dsn") ??
    argumentOfCall(call, "url") ??
    argumentOfCall(call, "conninfo");
  const text = constantsOf(address)[0] ?? address?.prefix;
  const known = typeof text === "string" ? text : "";
  const hosts = [
    argumentOfCall(call, "host"),
    entryOf(call.objects, options, "host"),
    ...(hostIn(known) === undefined ? [] : [hostIn(known)]),
  ].filter((host) => host !== undefined);
  // Without a host it is a socket of the machine itself.
  if (hosts.length === 0 || hosts.every(isNear)) return false;
  if (offInAddress.test(known)) return true;
  return [...switchesOf(call)].some(
    ([name, off]) =>
      isOnly(argumentOfCall(call, name), ...off) ||
      isOnly(entryOf(call.objects, options, name), ...off),
  );
}

function switchesOf(call: CallEvent): ReadonlyMap<string, readonly (string | boolean)[]> {
  const has = (paths: readonly string[]): boolean =>
    call.paths.some((path) => paths.includes(path));
  const names = new Map<string, readonly (string | boolean)[]>();
  if (has([...postgres, ...engines])) names.set("sslmode", ["disable", "allow"]);
  if (has(asyncPostgres)) names.set("ssl", [false, "disable", "allow"]);
  if (has([...mysql, ...engines])) names.set("ssl_disabled", [true]);
  return names;
}

function hostIn(address: string): string | undefined {
  const url = /^[a-z0-9+]+:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^/:?]*)/iu.exec(address)?.[1];
  return url || /(?:^|\s)host=(\S+)/u.exec(address)?.[1];
}

/** A host of the machine itself or of its own network: one name without a dot is a service beside it. */
function isNear(host: Value | string): boolean {
  const names = typeof host === "string" ? [host] : constantsOf(host);
  return (
    names.length > 0 &&
    names.every(
      (name) =>
        typeof name === "string" &&
        (/^(?:localhost|127\.|\[?::1|\/|10\.|192\.168\.)/u.test(name) || !name.includes(".")),
    )
  );
}
