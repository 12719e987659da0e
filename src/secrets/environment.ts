/** Secrets that the environment hands to a process. */
import { registerBasic, registerSecrets } from './process';

type Environment = Readonly<Record<string, string | undefined>>;

const NAMES: readonly string[] = [
  'GENESYSCLOUD_ACCESS_TOKEN',
  'GENESYSCLOUD_OAUTHCLIENT_SECRET',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
];

const WITH_USERS: readonly (readonly [string, string])[] = [
  ['GENESYSCLOUD_OAUTHCLIENT_ID', 'GENESYSCLOUD_OAUTHCLIENT_SECRET'],
  ['GENESYSCLOUD_PROXY_AUTH_USERNAME', 'GENESYSCLOUD_PROXY_AUTH_PASSWORD'],
  ['GENESYSCLOUD_GATEWAY_AUTH_USERNAME', 'GENESYSCLOUD_GATEWAY_AUTH_PASSWORD'],
];

const PROXIES: readonly string[] = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];

/** Registers every secret that these variables hold: credentials of Genesys Cloud and AWS, passwords of proxies. */
export function registerEnvironment(environment: Environment): void {
  registerSecrets(...NAMES.map((name) => environment[name]));
  for (const [user, password] of WITH_USERS) registerBasic(environment[user], environment[password]);
  for (const name of PROXIES) {
    const value = environment[name]?.trim();
    // An address alone is that of a proxy which speaks plain HTTP.
    registerUrlUser(value === undefined || value.includes('://') ? value : `http://${value}`);
  }
}

/** Names of variables that say that their value is a secret: those of CI systems, of other providers, of Terraform. */
const SAYS_SO =
  /^TF_TOKEN_|(?:^|_)(?:secret|token|password|passwd|passphrase|credentials?|private_key|api_key|access_key)$/i;
/** Shorter values of variables that are only guessed to be secret are most likely switches. */
const SHORTEST_GUESS = 8;

/**
 * The same, and every variable whose name says that it is a secret: a command runs Terraform, whose messages may repeat
 * what other providers and backends were given.
 */
export function registerCommandEnvironment(environment: Environment): void {
  registerEnvironment(environment);
  registerWebhook(environment['GENESYSCLOUD_COMPLIANCE_WEBHOOK']);
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && value.length >= SHORTEST_GUESS && saysSecret(name)) registerSecrets(value);
  }
}

/** Whether a name says that its value is a secret. */
export function saysSecret(name: string): boolean {
  return SAYS_SO.test(name);
}

/** Registers the password of a URL such as `http://user:password@proxy:3128`. */
export function registerUrlUser(text: string | undefined): void {
  const url = urlOf(text);
  if (url === undefined) return;
  registerBasic(decoded(url.username), decoded(url.password));
  registerSecrets(url.password);
}

/**
 * Registers what makes the URL of a webhook a key: its user, the parts of its path and the values of its query. The host
 * stays, so that messages can name it.
 */
export function registerWebhook(text: string | undefined): void {
  const url = urlOf(text);
  if (url === undefined) return;
  registerUrlUser(text);
  if (url.password === '') registerSecrets(decoded(url.username));
  registerSecrets(...url.pathname.split('/').filter(looksLikeAKey), ...url.searchParams.values());
}

/** `hooks`, `services`, `v1` are words of the address. */
function looksLikeAKey(part: string): boolean {
  return part.length >= 8 && !/^[a-z]+$/.test(part);
}

function urlOf(text: string | undefined): URL | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
