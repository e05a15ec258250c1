// Which files beside Python are read: those that configure programs, and so may hold what must not be shared.

/** Lists of packages and hashes that tools write, and scripts that were packed. */
const written =
  /(?:^|\/)(?:package-lock\.json|[^/]*\.lock(?:\.json)?|[^/]*\.min\.[^/]*|composer\.lock|go\.sum|\.secrets\.baseline|[^/]*-lock\.ya?ml)$/iu;

const configured =
  /\.(?:ya?ml|toml|json|ini|cfg|conf|cnf|config|properties|env|sh|bash|zsh|ipynb|tfvars|tfstate|tf|hcl|pem|key|ppk|ovpn|p8|asc)$|(?:^|\/)(?:[^/]*\.)?(?:env|envrc)(?:\.[^/]*)?$|(?:^|\/)(?:[^/]*\.)?(?:docker|container)file(?:\.[^/]*)?$|(?:^|\/)(?:\.netrc|_netrc|\.pypirc|\.npmrc|\.pgpass|\.htpasswd|\.git-credentials|\.dockercfg|\.s3cfg|\.boto|\.my\.cnf|credentials|kubeconfig|id_(?:rsa|dsa|ecdsa|ed25519)[^/]*|Procfile|Makefile|[^/]*\.tfstate\.backup)$|(?:^|\/)\.(?:kube|docker)\/config(?:\.json)?$/iu;

/** Key stores: binary, so their name has to say what they are. */
const stored = /\.(?:p12|pfx|jks|keystore|bks|kdbx|keytab)$/iu;

/** Text beside Python that may hold secrets. */
export function isConfigFile(path: string): boolean {
  return configured.test(path) && !written.test(path);
}

/** The kinds of configuration that a team may choose among. */
export const configFileKinds = [
  "env",
  "yaml",
  "toml",
  "json",
  "ini",
  "shell",
  "dockerfile",
  "notebook",
] as const;
export type ConfigFileKind = (typeof configFileKinds)[number];

const kinds: Readonly<Record<ConfigFileKind, RegExp>> = {
  env: /\.env$|(?:^|\/)(?:[^/]*\.)?(?:env|envrc)(?:\.[^/]*)?$/iu,
  yaml: /\.ya?ml$/iu,
  toml: /\.toml$/iu,
  json: /\.json$/iu,
  ini: /\.(?:ini|cfg|conf|cnf|config|properties)$/iu,
  shell: /\.(?:sh|bash|zsh)$|(?:^|\/)(?:Procfile|Makefile)$/iu,
  dockerfile: /(?:^|\/)(?:[^/]*\.)?(?:docker|container)file(?:\.[^/]*)?$/iu,
  notebook: /\.ipynb$/iu,
};

/** Which of these a file's name says it is; `undefined` for keys, stored logins and Terraform. */
export function configFileKind(path: string): ConfigFileKind | undefined {
  return configFileKinds.find((kind) => kinds[kind].test(path));
}

/** A file whose bytes nobody reads here: that it is there says enough. */
export function isKeyStore(path: string): boolean {
  return stored.test(path);
}
