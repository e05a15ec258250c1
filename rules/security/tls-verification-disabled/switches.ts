// The arguments and attributes by which libraries are told not to check whom they talk to.

import { type Constant, isNamed, isOnly, type Value } from "#rule";

export interface Switch {
  readonly paths: readonly string[];
  /** The parameter; of an attribute that is written, the first and only one. */
  readonly name: string;
  readonly position?: number;
  readonly isOff: (value: Value | undefined) => boolean;
  /** What to do instead, after "...: ". */
  readonly advice: string;
}

const is =
  (...constants: readonly Constant[]) =>
  (value: Value | undefined): boolean =>
    isOnly(value, ...constants);

const named = (...names: readonly string[]): ((value: Value | undefined) => boolean) => {
  const set = new Set(names);
  return (value) => isNamed(value, set);
};

const noCertificate = (value: Value | undefined): boolean =>
  isOnly(value, 0, null, "CERT_NONE", "none") || named("CERT_NONE")(value);

const verbs = ["request", "get", "options", "head", "post", "put", "patch", "delete"];
const below = (owner: string, ...names: readonly string[]): readonly string[] =>
  names.map((name) => `${owner}.${name}`);

const caBundle = "leave `verify` out, or give it the path of your own CA";

/** In the order of the libraries' names. */
export const switches: readonly Switch[] = [
  ...["ssl", "verify_ssl"].map((name) => ({
    paths: [
      ...below("aiohttp.ClientSession", ...verbs, "ws_connect"),
      ...["aiohttp.TCPConnector", "aiohttp.request"],
    ],
    name,
    isOff: is(false),
    advice: "leave `ssl` out, or give it a context with your own CA",
  })),
  {
    paths: ["aiosmtplib.SMTP", "aiosmtplib.send"],
    name: "validate_certs",
    isOff: is(false),
    advice: "leave `validate_certs` out, or give `tls_context` your own CA",
  },
  {
    paths: [
      ...below("boto3", "client", "resource"),
      ...below("boto3.Session", "client", "resource"),
      ...below("boto3.session.Session", "client", "resource"),
    ],
    name: "verify",
    isOff: is(false),
    advice: caBundle,
  },
  {
    paths: [
      ...below("boto3", "client", "resource"),
      ...below("boto3.Session", "client", "resource"),
      ...below("boto3.session.Session", "client", "resource"),
    ],
    name: "use_ssl",
    isOff: is(false),
    advice: "leave `use_ssl` out",
  },
  {
    paths: ["docker.tls.TLSConfig", "hvac.Client", "consul.Consul"],
    name: "verify",
    isOff: is(false),
    advice: caBundle,
  },
  {
    paths: [
      "elasticsearch.Elasticsearch",
      "elasticsearch.AsyncElasticsearch",
      "opensearchpy.OpenSearch",
      "opensearchpy.AsyncOpenSearch",
    ],
    name: "verify_certs",
    isOff: is(false),
    advice: "leave `verify_certs` out and give `ca_certs` your own CA",
  },
  {
    paths: ["gitlab.Gitlab"],
    name: "ssl_verify",
    isOff: is(false),
    advice: "give `ssl_verify` your CA",
  },
  {
    paths: ["httplib2.Http"],
    name: "disable_ssl_certificate_validation",
    isOff: is(true),
    advice: "give `ca_certs` your own CA",
  },
  {
    paths: [
      ...below("httpx", ...verbs, "stream"),
      ...["Client", "AsyncClient", "HTTPTransport", "AsyncHTTPTransport"].map((c) => `httpx.${c}`),
    ],
    name: "verify",
    isOff: is(false),
    advice: "leave `verify` out, or give it a context with your own CA",
  },
  {
    paths: ["influxdb.InfluxDBClient", "influxdb_client.InfluxDBClient"],
    name: "verify_ssl",
    isOff: is(false),
    advice: "give `ssl_ca_cert` your own CA",
  },
  {
    paths: ["kubernetes.client.Configuration.verify_ssl.__set__"],
    name: "verify_ssl",
    position: 0,
    isOff: is(false),
    advice: "set `ssl_ca_cert` to the cluster's CA",
  },
  {
    paths: ["ldap3.Tls"],
    name: "validate",
    position: 2,
    isOff: noCertificate,
    advice: "pass `validate=ssl.CERT_REQUIRED`",
  },
  ...["tlsAllowInvalidCertificates", "tlsInsecure", "tlsAllowInvalidHostnames"].map((name) => ({
    paths: [
      "pymongo.MongoClient",
      "pymongo.asynchronous.mongo_client.AsyncMongoClient",
      "motor.motor_asyncio.AsyncIOMotorClient",
      "motor.motor_tornado.MotorClient",
      "mongoengine.connect",
    ],
    name,
    isOff: is(true),
    advice: "give `tlsCAFile` your own CA",
  })),
  {
    paths: ["pymongo.MongoClient", "motor.motor_asyncio.AsyncIOMotorClient"],
    name: "ssl_cert_reqs",
    isOff: noCertificate,
    advice: "give `tlsCAFile` your own CA",
  },
  {
    paths: ["OpenSSL.SSL.Context.set_verify"],
    name: "mode",
    position: 0,
    isOff: (value) => isOnly(value, 0) || named("VERIFY_NONE")(value),
    advice: "use `SSL.VERIFY_PEER`",
  },
  {
    paths: ["paho.mqtt.client.Client.tls_insecure_set"],
    name: "value",
    position: 0,
    isOff: is(true),
    advice: "give `tls_set` your own CA",
  },
  {
    paths: ["paho.mqtt.client.Client.tls_set"],
    name: "cert_reqs",
    position: 3,
    isOff: noCertificate,
    advice: "give `ca_certs` your own CA",
  },
  {
    paths: [
      "redis.Redis",
      "redis.StrictRedis",
      "redis.asyncio.Redis",
      "redis.cluster.RedisCluster",
    ],
    name: "ssl_cert_reqs",
    isOff: noCertificate,
    advice: "give `ssl_ca_certs` your own CA",
  },
  {
    paths: ["redis.from_url", "redis.Redis.from_url", "redis.asyncio.from_url"],
    name: "ssl_cert_reqs",
    isOff: noCertificate,
    advice: "give `ssl_ca_certs` your own CA",
  },
  {
    paths: [...below("requests", ...verbs), ...below("requests.Session", ...verbs, "send")],
    name: "verify",
    isOff: is(false, 0),
    advice: caBundle,
  },
  {
    paths: ["requests.Session.verify.__set__"],
    name: "verify",
    position: 0,
    isOff: is(false),
    advice: "leave `verify` alone, or set it to the path of your own CA",
  },
  {
    paths: ["ssl.SSLContext.verify_mode.__set__"],
    name: "verify_mode",
    position: 0,
    isOff: noCertificate,
    advice: "leave it at `ssl.CERT_REQUIRED` and load your own CA with `load_verify_locations`",
  },
  {
    paths: ["ssl.SSLContext.check_hostname.__set__"],
    name: "check_hostname",
    position: 0,
    isOff: is(false),
    advice: "leave `check_hostname` on and connect by the name that the certificate bears",
  },
  {
    paths: ["ssl._create_default_https_context.__set__"],
    name: "value",
    position: 0,
    isOff: named("_create_unverified_context", "_create_stdlib_context"),
    advice: "leave it alone, or give the one call a context with your own CA",
  },
  {
    paths: ["tornado.httpclient.HTTPRequest", "tornado.httpclient.AsyncHTTPClient.fetch"],
    name: "validate_cert",
    isOff: is(false),
    advice: "give `ca_certs` your own CA",
  },
  {
    paths: [
      ...["PoolManager", "ProxyManager", "HTTPSConnectionPool", "proxy_from_url"],
      ...["connection_from_url"],
    ].map((name) => `urllib3.${name}`),
    name: "cert_reqs",
    isOff: noCertificate,
    advice: "leave `cert_reqs` out and give `ca_certs` your own CA",
  },
  {
    paths: ["urllib3.PoolManager", "urllib3.HTTPSConnectionPool"],
    name: "assert_hostname",
    isOff: is(false),
    advice: "leave `assert_hostname` out",
  },
  {
    paths: ["winrm.Session", "winrm.Protocol", "winrm.protocol.Protocol"],
    name: "server_cert_validation",
    isOff: is("ignore"),
    advice: "give `ca_trust_path` your own CA",
  },
  {
    paths: ["pyVim.connect.SmartConnect"],
    name: "disableSslCertValidation",
    isOff: is(true),
    advice: "give `sslContext` your own CA",
  },
  {
    paths: ["snowflake.connector.connect"],
    name: "insecure_mode",
    isOff: is(true),
    advice: "leave `insecure_mode` out",
  },
  {
    paths: ["pymysql.connect", "pymysql.Connection", "mysql.connector.connect"],
    name: "ssl_verify_cert",
    isOff: is(false),
    advice: "give `ssl_ca` your own CA",
  },
];
