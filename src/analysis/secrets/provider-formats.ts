// What the secrets of providers look like, by the providers' own documentation: a prefix that nobody else
// uses, and a length. Ids that are no secret (account ids, publishable keys, test keys) are left out.

import type { Severity } from "../finding.ts";
import { hasTokenChecksum } from "./checksum.ts";

export interface ProviderFormat {
  /** In words for a message: "a GitHub token". */
  readonly what: string;
  /** Global; the whole match is the secret, unless it has a group: then the group is. */
  readonly pattern: RegExp;
  readonly severity?: Severity;
  /** Whether the text proves itself by a checksum; absent where the provider has none. */
  readonly isProven?: (token: string) => boolean;
}

/** A token that is no part of a longer word. */
function whole(source: string): RegExp {
  return new RegExp(`(?<![\\w.-])(?:${source})(?![\\w-])`, "gu");
}

/** By provider; the more exact format of one provider comes first. */
export const providerFormats: readonly ProviderFormat[] = [
  { what: "an AWS access key", pattern: whole("(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}") },
  { what: "a Google API key", pattern: whole("AIza[\\w-]{35}") },
  { what: "a Google OAuth client secret", pattern: whole("GOCSPX-[\\w-]{28}") },
  { what: "a Google OAuth token", pattern: whole("ya29\\.[\\w-]{30,}") },
  {
    what: "an Azure storage key",
    pattern: /AccountKey=([A-Za-z0-9+/]{86}==)/gu,
  },
  { what: "an Azure access key", pattern: /SharedAccessKey=([A-Za-z0-9+/]{43}=)/gu },
  {
    what: "an Azure shared access signature",
    pattern: /[?&]sv=\d{4}-\d\d-\d\d&[^\s"'`]*\bsig=([A-Za-z0-9%+/]{40,}(?:%3D|=))/gu,
  },
  {
    what: "a Microsoft Entra client secret",
    pattern: /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~-])/gu,
  },
  // https://github.blog/changelog: installation tokens that carry a JWT.
  { what: "a GitHub token", pattern: /(?<!\w)ghs_\d+_eyJ[\w-]+\.[\w-]+\.[\w-]+/gu },
  {
    what: "a GitHub token",
    pattern: whole("gh[pousr]_[A-Za-z0-9]{36}"),
    isProven: hasTokenChecksum,
  },
  { what: "a GitHub token", pattern: whole("github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}") },
  {
    what: "a GitLab token",
    pattern: whole(
      "gl(?:pat|oas|dt|rt|cbt|ptt|ft|imt|agent|soat|ffct)-[\\w-]{20,300}(?:\\.[\\w.]{10,})?",
    ),
  },
  { what: "a Slack token", pattern: whole("xox[abeoprs](?:\\.xox[bp])?-(?:\\d-)?[\\w-]{20,}") },
  { what: "a Slack token", pattern: whole("xapp-\\d-[A-Z0-9]+-\\d+-[a-f0-9]{30,}") },
  {
    what: "a Slack webhook",
    pattern:
      /https:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/(T?\w{8,}\/[\w/]{20,})/gu,
  },
  { what: "a live Stripe key", pattern: whole("[rs]k_live_[A-Za-z0-9]{16,}") },
  { what: "a Stripe webhook secret", pattern: whole("whsec_[A-Za-z0-9+/]{32,}={0,2}") },
  { what: "a Twilio API key", pattern: whole("SK[0-9a-f]{32}"), severity: "medium" },
  { what: "a SendGrid key", pattern: whole("SG\\.[\\w-]{22}\\.[\\w-]{43}") },
  { what: "a Mailgun key", pattern: whole("key-[0-9a-f]{32}") },
  { what: "a Mailchimp key", pattern: whole("[0-9a-f]{32}-us\\d{1,2}") },
  { what: "a Brevo key", pattern: whole("xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}") },
  { what: "an npm token", pattern: whole("npm_[A-Za-z0-9]{36}"), isProven: hasTokenChecksum },
  { what: "a PyPI token", pattern: whole("pypi-AgE[\\w-]{50,}") },
  { what: "a RubyGems key", pattern: whole("rubygems_[0-9a-f]{48}") },
  { what: "a Docker Hub token", pattern: whole("dckr_(?:pat|oat)_[\\w-]{27,}") },
  { what: "a Heroku key", pattern: whole("HRKU-[\\w-]{36,66}") },
  { what: "a DigitalOcean token", pattern: whole("do[oprt]_v1_[0-9a-f]{64}") },
  { what: "a Shopify token", pattern: whole("shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}") },
  { what: "a Square token", pattern: whole("sq0(?:atp-[\\w-]{22}|csp-[\\w-]{43})|EAAA[\\w-]{60}") },
  { what: "a Telegram bot token", pattern: whole("\\d{8,10}:AA[\\w-]{33}") },
  { what: "a Discord bot token", pattern: whole("[MNO][\\w-]{23,25}\\.[\\w-]{6}\\.[\\w-]{27,38}") },
  {
    what: "a Discord webhook",
    pattern: /https:\/\/discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/([\w-]{60,})/gu,
  },
  { what: "an Anthropic key", pattern: whole("sk-ant-[a-z]+\\d\\d-[\\w-]{32,}") },
  { what: "an OpenAI key", pattern: whole("sk-(?:proj|svcacct|admin|None)-[\\w-]{40,}") },
  { what: "an OpenAI key", pattern: whole("sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}") },
  { what: "an OpenAI key", pattern: whole("sk-[A-Za-z0-9]{48}") },
  { what: "an OpenRouter key", pattern: whole("sk-or-v1-[0-9a-f]{64}") },
  { what: "a Hugging Face token", pattern: whole("(?:hf|api_org)_[A-Za-z0-9]{34,40}") },
  { what: "a Groq key", pattern: whole("gsk_[A-Za-z0-9]{52}") },
  { what: "a Replicate token", pattern: whole("r8_[A-Za-z0-9]{37}") },
  { what: "a Databricks token", pattern: whole("dapi[0-9a-f]{32}(?:-\\d)?") },
  { what: "a New Relic key", pattern: whole("NR(?:AK|RA|II|IQ)-[A-Z0-9a-z_-]{27,32}") },
  { what: "a New Relic license key", pattern: whole("[0-9a-fA-F]{36}NRAL") },
  { what: "a Sentry token", pattern: whole("sntrys_eyJ[\\w=+/]+|sntryu_[0-9a-f]{64}") },
  { what: "a Vault token", pattern: whole("hv[bs]\\.[\\w-]{24,}") },
  { what: "a Terraform Cloud token", pattern: whole("[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{60,}") },
  { what: "a Postman key", pattern: whole("PMAK-[0-9a-f]{24}-[0-9a-f]{34}") },
  {
    what: "a Grafana token",
    pattern: whole("glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}|glc_eyJ[\\w=+/]{20,}"),
  },
  { what: "a Linear key", pattern: whole("lin_(?:api|oauth)_[A-Za-z0-9]{40,}") },
  { what: "a Notion token", pattern: whole("(?:ntn_|secret_)[A-Za-z0-9]{43,46}") },
  { what: "a Cloudflare key", pattern: whole("v1\\.0-[0-9a-f]{24}-[0-9a-f]{146}") },
  { what: "a Doppler token", pattern: whole("dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{40,}") },
  { what: "an age key", pattern: whole("AGE-SECRET-KEY-1[0-9A-Z]{58}") },
  { what: "an Airtable token", pattern: whole("pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}") },
  { what: "an Atlassian token", pattern: whole("AT(?:ATT|CTT|BB)3?[\\w-]{30,}(?:=[A-F0-9]{8})?") },
  { what: "a Figma token", pattern: whole("figd_[\\w-]{38,}") },
  { what: "a PlanetScale password", pattern: whole("pscale_(?:tkn|pw|oauth)_[\\w.-]{32,}") },
  { what: "a Pulumi token", pattern: whole("pul-[0-9a-f]{40}") },
  { what: "a live Razorpay key", pattern: whole("rzp_live_[A-Za-z0-9]{14}") },
  { what: "a Plaid token", pattern: whole("access-production-[0-9a-f-]{36}") },
  { what: "a Tailscale key", pattern: whole("tskey-[a-z]+-[A-Za-z0-9]+-[A-Za-z0-9]{20,}") },
  { what: "a SonarQube token", pattern: whole("sq[upa]_[0-9a-f]{40}") },
  { what: "an Artifactory token", pattern: whole("AKCp[A-Za-z0-9]{60,}") },
];
