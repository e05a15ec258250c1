// Whether a text could be somebody's secret, by what it is made of: placeholders, words, paths and ids are not.

/** Bits for each character by how often each occurs (Shannon): 0 for `aaaa`, about 3.7 for random hex. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** A text that stands for a secret to be put there: `changeme`, `<token>`, `${TOKEN}`, `xxxx`. */
export function isPlaceholder(text: string): boolean {
  const value = text.trim();
  return (
    value === "" ||
    templates.test(value) ||
    placeholderWords.test(value) ||
    new Set(value).size <= 3 ||
    hasRun(value)
  );
}

/** A word that keeps a place, or that everybody tries first on their own machine: `none`, `postgres`. */
export function isCommonWord(text: string): boolean {
  return commonWords.test(text.trim());
}

// Shell, Jinja, Python, Helm, GitHub Actions, Vault and printf forms; a value that another program fills in.
const templates =
  /^<.*>$|\$\{|\$\(|\{\{|\{%|%\(\w+\)s|%s|^\{[^}]*\}$|^\[[^\]]*\]$|^\$\w+$|^@\w+@$|^__\w+__$|\.\.\.|…|^(?:vault|ssm|env|file|op|secret|secretsmanager|arn|ref\+\w+|sops|encrypted|ENC)[:[(]/iu;

const placeholderWords =
  /change[-_ ]?(?:me|this|it|in)|replace|example|placeholder|dummy|fake|sample|insert|redacted|todo|fixme|x{4}|\*{3}|lorem|foobar|not[-_ ]?(?:a[-_ ])?(?:real|secret|set|used)|here$|(?:^|[^a-z])(?:your?|enter|test|testing|tests|mock|stub|invalid|expired|wrong|incorrect|unused|xxx+)(?:[^a-z]|$)/iu;

const commonWords =
  /^(?:none|null|nil|undefined|true|false|yes|no|n\/?a|tbd|unset|empty|default|dev|develop(?:ment)?|local(?:host)?|debug|unknown|anonymous|required|optional|string|str|text|value|(?:pass)?phrase|pass|pw|pwd|passw(?:or)?d\d?|secrets?\d?|tokens?\d?|keys?\d?|api[-_]?key|admin(?:istrator)?|root|guest|user(?:name)?|postgres(?:ql)?|mysql|mariadb|mongo|redis|rabbitmq|minio(?:admin)?|hidden|masked|private|public|basic|bearer)$/iu;

/** `12345678`, `abcdefgh`: what a person types who needs any text at all. */
function hasRun(text: string): boolean {
  let run = 1;
  for (let at = 1; at < text.length; at += 1) {
    run = text.charCodeAt(at) === text.charCodeAt(at - 1) + 1 ? run + 1 : 1;
    if (run >= 8) return true;
  }
  return false;
}

/** `reset_token`, `X-Api-Key`, `invalidPassword`, `auth.token.v2`: words, as names and codes are made of. */
export function isIdentifier(text: string): boolean {
  const parts = text.split(/[-_.:/\s]+/u).filter((part) => part !== "");
  return parts.every((part) => isWord(part));
}

// A word in one case, or words in camel case, or a short number or code (`v2`, `sha256`, `2fa`).
function isWord(part: string): boolean {
  return /^(?:[a-z]+|[A-Z]+|[A-Z]?[a-z]+(?:[A-Z]{1,3}[a-z]+)*[A-Z]{0,3}|[A-Z]{2,5}(?:[A-Z][a-z]{2,})+)$/u.test(
    part,
  )
    ? !isLetterSoup(part)
    : /^(?:\d{1,4}|v\d+|[a-z]+\d{1,3}|\d{1,2}[a-z]{1,4}|[A-Z]{1,4}\d{1,6}|[A-Z]+\d{1,3}|[A-Z][a-z]+\d{1,2})$/u.test(
        part,
      );
}

/** A word has vowels between its consonants; a long text without is none. */
function isLetterSoup(part: string): boolean {
  if (part.length < 12) return false;
  const vowels = part.match(/[aeiouy]/giu)?.length ?? 0;
  const turns = part.match(/[a-z][A-Z]/gu)?.length ?? 0;
  return vowels / part.length < 0.2 || turns / part.length > 0.25 || /[^aeiouy]{7}/iu.test(part);
}

/** Addresses, paths, patterns, formats, dates, ids: texts with many different characters that hide nothing. */
function isOtherKnownText(text: string): boolean {
  return (
    /\s/u.test(text) ||
    /^[a-z][a-z\d+.-]*:\/\//iu.test(text) ||
    /^\.{0,2}\/\w|^~\/|^[a-z]:\\|\.(?:py|json|ya?ml|toml|txt|pem|key|crt|html?|png|jpe?g|svg|js|css|com|org|net|io|local)$/iu.test(
      text,
    ) ||
    /^[{<]?[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}[}>]?$/iu.test(text) ||
    /^[\w.+-]+@[\w-]+\.[\w.-]+$/u.test(text) ||
    /%[a-zA-Z][-/:.%]|\\[dws]|\[\^?[\w-]+\][+*{]|\(\?|^\^/u.test(text) ||
    /^\d{4}-\d\d-\d\d|^\d+(?:\.\d+)+$|^[\d\s.,:+-]+$/u.test(text) ||
    /^(?:sha\d+|md5)[-:]/iu.test(text) ||
    /^(?:ssh-\w+|ecdsa-\S+)|^data:|^(?:iVBOR|R0lGOD|\/9j\/|PHN2Zy|UklGR)|^MII[A-C]/u.test(text) ||
    /^-----BEGIN (?:PUBLIC|RSA PUBLIC|CERTIFICATE)/u.test(text) ||
    /^\$(?:2[aby]|argon2\w*|5|6|pbkdf2\S*|scrypt)\$|^pbkdf2_|^bcrypt/u.test(text)
  );
}

/** As long and mixed as what a generator gives: keys, tokens, long passwords. */
export function looksRandom(text: string): boolean {
  if (text.length < 16 || text.length > 512) return false;
  if (isPlaceholder(text) || isCommonWord(text) || isOtherKnownText(text) || isIdentifier(text))
    return false;
  if (entropyOf(text) < 3) return false;
  // Names with a number at their end have few changes between letters and digits, random texts have many.
  const parts = text.split(/[-_.:/]+/u);
  return parts.some((part) => part.length >= 8 && changesOf(part) >= Math.max(3, part.length / 8));
}

/** What a person chose as a password: no word and no name, letters with digits or signs among them. */
export function looksLikePassword(text: string): boolean {
  if (text.length < 6 || text.length > 128) return false;
  if (isPlaceholder(text) || isCommonWord(text) || isOtherKnownText(text)) return false;
  const kinds = [/[a-z]/u, /[A-Z]/u, /\d/u, /[^\w\s]/u].filter((kind) => kind.test(text)).length;
  if (kinds < 2 || (isIdentifier(text) && !/^(?:[A-Za-z]{4,}\d{2,}|[A-Za-z]{6,}\d)$/u.test(text)))
    return false;
  return entropyOf(text) >= (kinds >= 3 || /\d{2}/u.test(text) ? 2.5 : 3);
}

/** How often letters, capitals, digits and signs take turns. */
function changesOf(text: string): number {
  let changes = 0;
  let before = "";
  for (const character of text) {
    const kind = /\d/u.test(character)
      ? "digit"
      : /[a-z]/u.test(character)
        ? "small"
        : /[A-Z]/u.test(character)
          ? "capital"
          : "sign";
    if (before !== "" && kind !== before) changes += 1;
    before = kind;
  }
  return changes;
}
