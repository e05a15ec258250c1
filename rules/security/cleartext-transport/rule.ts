// A password, token or mail login travels as it is, readable for everybody on the way.

import {
  argumentOfCall,
  type CallEvent,
  calledName,
  constantsOf,
  defineRule,
  enclosingNodes,
  everyNode,
  faultyCalls,
  flaskSettingPaths,
  isOnly,
  quoteCode,
  runsInProduction,
  type Settings,
  settingsNamed,
  type Value,
} from "#rule";

const verbs = ["request", "get", "options", "head", "post", "put", "patch", "delete"];
const clients = [
  "requests",
  "requests.Session",
  "httpx",
  "httpx.Client",
  "httpx.AsyncClient",
  "aiohttp.ClientSession",
];
/** Requests: the address is the first argument, or the second after a method. */
const requests: ReadonlySet<string> = new Set([
  ...clients.flatMap((client) => verbs.map((verb) => `${client}.${verb}`)),
  ...["urllib.request.urlopen", "urllib.request.Request", "urllib3.request"],
  "urllib3.PoolManager.request",
]);
/** Clients that are given the beginning of every address, and what every request carries. */
const bases: ReadonlySet<string> = new Set([
  ...["httpx.Client", "httpx.AsyncClient", "aiohttp.ClientSession"],
]);

/** Sessions whose login is readable, and the calls that make them safe before it. */
const logins: ReadonlyMap<
  string,
  { readonly maker: string; readonly secures: string; readonly instead: string }
> = new Map([
  [
    "smtplib.SMTP.login",
    {
      maker: "smtplib.SMTP",
      secures: "starttls",
      instead: "Call `starttls()` before it, or use `smtplib.SMTP_SSL`.",
    },
  ],
  [
    "imaplib.IMAP4.login",
    {
      maker: "imaplib.IMAP4",
      secures: "starttls",
      instead: "Call `starttls()` before it, or use `imaplib.IMAP4_SSL`.",
    },
  ],
  [
    "poplib.POP3.pass_",
    {
      maker: "poplib.POP3",
      secures: "stls",
      instead: "Call `stls()` before it, or use `poplib.POP3_SSL`.",
    },
  ],
  [
    "ftplib.FTP.login",
    {
      maker: "ftplib.FTP",
      secures: "prot_p",
      instead: "Use `ftplib.FTP_TLS` and `prot_p()`, or SFTP.",
    },
  ],
  [
    "ldap.ldapobject.LDAPObject.simple_bind_s",
    {
      maker: "ldap.initialize",
      secures: "start_tls_s",
      instead: "Call `start_tls_s()` before it, or connect to `ldaps://`.",
    },
  ],
  [
    "ldap.ldapobject.LDAPObject.simple_bind",
    {
      maker: "ldap.initialize",
      secures: "start_tls_s",
      instead: "Call `start_tls_s()` before it, or connect to `ldaps://`.",
    },
  ],
]);
const makers = new Set([...logins.values()].map(({ maker }) => maker));
const telnet = "telnetlib.Telnet";
/** Variables that let OAuth libraries go without TLS. */
const variables = ["OAUTHLIB_INSECURE_TRANSPORT", "AUTHLIB_INSECURE_TRANSPORT"];

const readable = "everybody on the way can read it";

export default defineRule({
  watches: [
    ...flaskSettingPaths,
    ...requests,
    ...bases,
    ...logins.keys(),
    ...makers,
    telnet,
    "os.environ.__setitem__",
    "os.environ.setdefault",
  ],
  *check({ program, finding }) {
    const isPlain = (call: CallEvent): string | undefined => {
      const login = call.paths.map((path) => logins.get(path)).find((each) => each !== undefined);
      if (login) return plainLogin(call, login, program.calls);
      return plainFtp(call) ?? plainRequest(call) ?? insecureVariable(call);
    };
    for (const { span, fault } of faultyCalls(program.calls, isPlain)) yield finding(span, fault);
    for (const { setting, settings } of settingsNamed(
      program,
      "EMAIL_USE_TLS",
      "MAIL_USE_TLS",
      "PREFERRED_URL_SCHEME",
    )) {
      const message = plainSetting(settings, setting.name);
      if (message !== undefined && runsInProduction(setting.span))
        yield finding(setting.span, message);
    }
  },
});

function plainRequest(call: CallEvent): string | undefined {
  const isBase = call.paths.some((path) => bases.has(path));
  if (!isBase && !call.paths.some((path) => requests.has(path))) return undefined;
  const isMethodFirst =
    call.paths.some((path) => /\.request$/u.test(path)) &&
    !call.paths.includes("urllib.request.Request");
  const address = isBase
    ? argumentOfCall(call, "base_url")
    : argumentOfCall(call, "url", isMethodFirst ? 1 : 0);
  const texts = textsOf(address);
  if (texts.length === 0 || !texts.every(isPlainAddress)) return undefined;
  const sent = secretSent(call, texts);
  return sent === undefined
    ? undefined
    : `This sends ${sent} over \`http://\`, and ${readable}. Write \`https://\`.`;
}

/** `http://` to a host that is not near; without its host an address says nothing. */
function isPlainAddress(text: string): boolean {
  const host = /^http:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/iu.exec(text)?.[1]?.toLowerCase();
  return host !== undefined && host.includes(".") && !isNear(host);
}

function isNear(host: string): boolean {
  return (
    /^(?:localhost|127\.\d|10\.\d|192\.168\.\d|172\.(?:1[6-9]|2\d|3[01])\.\d|169\.254\.\d|0\.0\.0\.0|\[::1\])/u.test(
      host,
    ) ||
    /\.(?:local|localhost|internal|intranet|lan|home|svc|test|cluster\.local)$/u.test(host) ||
    !/[.:]/u.test(host)
  );
}

function textsOf(value: Value | undefined): readonly string[] {
  const known = constantsOf(value);
  if (known.length > 0) return known.flatMap((text) => (typeof text === "string" ? [text] : ["?"]));
  return value?.prefix === undefined ? [] : [value.prefix];
}

const secretNames =
  /^(?:.*[_-])?(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|apikey|authorization|client[_-]secret|x[_-]api[_-]key|credit[_-]?card|card[_-]?number|cvv|ssn|pin)$/iu;

/** What in the request is not meant for others, in words. */
function secretSent(call: CallEvent, addresses: readonly string[]): string | undefined {
  const auth = argumentOfCall(call, "auth");
  if (auth && !isOnly(auth, null)) return "a login";
  for (const [name, words] of [
    ["headers", "header"],
    ["json", "field"],
    ["data", "field"],
    ["params", "parameter"],
    ["cookies", "cookie"],
  ] as const) {
    for (const id of argumentOfCall(call, name)?.objects ?? []) {
      const key = [...(call.objects.get(id)?.entries.keys() ?? [])].find((each) =>
        secretNames.test(each),
      );
      if (key !== undefined) return `the ${words} ${quoteCode(key)}`;
    }
  }
  const hasLogin = addresses.some((text) => /^http:\/\/[^/@:]+:[^/@]+@/u.test(text));
  return hasLogin ? "a login" : undefined;
}

function plainFtp(call: CallEvent): string | undefined {
  if (call.paths.includes(telnet)) {
    const host = argumentOfCall(call, "host", 0);
    return host && !isNearHost(host)
      ? `Telnet sends every key that is pressed as it is, and ${readable}. Use SSH: \`paramiko.SSHClient\`.`
      : undefined;
  }
  if (!call.paths.includes("ftplib.FTP")) return undefined;
  const user = argumentOfCall(call, "user", 1);
  return user &&
    isPerson(user) &&
    argumentOfCall(call, "passwd", 2) &&
    !isNearHost(argumentOfCall(call, "host", 0))
    ? `FTP sends the password as it is, and ${readable}. Use \`ftplib.FTP_TLS\` and \`prot_p()\`, or SFTP.`
    : undefined;
}

function plainLogin(
  call: CallEvent,
  {
    maker,
    secures,
    instead,
  }: { readonly maker: string; readonly secures: string; readonly instead: string },
  calls: readonly CallEvent[],
): string | undefined {
  const [user, password] = [argumentOfCall(call, "user", 0), argumentOfCall(call, "passwd", 1)];
  if (maker === "ftplib.FTP" && (!user || !password || !isPerson(user))) return undefined;
  if (maker === "ldap.initialize" && (!user || isOnly(user, ""))) return undefined;
  const scope = scopeOf(call);
  const isSecured = everyNode({ body: scope }).some(
    (node) => node.kind === "call" && calledName(node).startsWith(secures),
  );
  if (isSecured) return undefined;
  const made = calls.filter(
    (each) => each.paths.includes(maker) && each.module === call.module && isWithin(each, scope),
  );
  // Whoever did not see it being made does not know how.
  if (made.length === 0) return undefined;
  // An address from the settings may well begin with `ldaps://`.
  if (maker === "ldap.initialize" && !made.some(isPlainDirectory)) return undefined;
  const isNearby = made.some((each) =>
    isNearHost(argumentOfCall(each, "host", 0) ?? argumentOfCall(each, "uri", 0)),
  );
  return isNearby ? undefined : `This login is sent as it is, and ${readable}. ${instead}`;
}

/** The function or, for a method, the class that the call stands in: `self.server` is made elsewhere in it. */
function scopeOf(call: CallEvent) {
  const around = enclosingNodes(call.span).filter(
    ({ kind }) => kind === "function" || kind === "class",
  );
  const scope = around.findLast(({ kind }) => kind === "class") ?? around.at(-1);
  return scope && (scope.kind === "function" || scope.kind === "class")
    ? scope.body
    : call.module.body;
}

function isWithin(
  call: CallEvent,
  body: readonly { readonly start: number; readonly end: number }[],
): boolean {
  return body.some(({ start, end }) => start <= call.span.start && call.span.end <= end);
}

function isPlainDirectory(made: CallEvent): boolean {
  return textsOf(argumentOfCall(made, "uri", 0)).some((text) => text.startsWith("ldap:"));
}

/** A host that is known to be near, or an address of one; `ldaps://` is not read by anybody. */
function isNearHost(value: Value | undefined): boolean {
  const texts = textsOf(value);
  return (
    texts.length > 0 &&
    texts.every((text) => {
      if (/^(?:ldaps|ldapi):/u.test(text)) return true;
      const host = text.replace(/^[a-z]+:\/\//u, "").replace(/[:/].*$/u, "");
      return text !== "" && (isNear(host) || host === "");
    })
  );
}

function isPerson(user: Value): boolean {
  const known = constantsOf(user);
  return (
    known.length === 0 ||
    known.some((name) => typeof name === "string" && !/^(?:anonymous|ftp|)$/iu.test(name))
  );
}

function insecureVariable(call: CallEvent): string | undefined {
  const [name, value] = call.arguments.positional;
  const isSet = call.paths.some((path) => path.startsWith("os.environ."));
  if (!isSet || !isOnly(name?.value, ...variables) || isOnly(value?.value, "", "0"))
    return undefined;
  return `This lets logins with OAuth go over \`http://\`, and ${readable}. Remove it; on your own machine set it in the shell.`;
}

function plainSetting(settings: Settings, name: string): string | undefined {
  const value = settings.get(name)?.value;
  if (name === "PREFERRED_URL_SCHEME")
    return isOnly(value, "http")
      ? 'Links that are made outside of a request, as in mails, begin with `http://`, and what they carry can be read. Write `PREFERRED_URL_SCHEME = "https"`.'
      : undefined;
  const prefix = name.replace(/_USE_TLS$/u, "");
  const server = settings.get(prefix === "EMAIL" ? "EMAIL_HOST" : "MAIL_SERVER")?.value;
  const hasLogin = settings.get(prefix === "EMAIL" ? "EMAIL_HOST_PASSWORD" : "MAIL_PASSWORD");
  const ssl = settings.get(`${prefix}_USE_SSL`);
  const isPlain = isOnly(value, false) && (!ssl || isOnly(ssl.value, false));
  return isPlain && hasLogin && !isNearHost(server)
    ? `The login of the mail server is sent as it is, and ${readable}. Write ${quoteCode(`${name} = True`)}.`
    : undefined;
}
