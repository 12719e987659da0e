/** Checks of the connection's settings, before anything is sent. */
import { registerBasic, registerSecrets } from '../secrets';
import type { GenesysConfig } from './model';
import { regionDomain, unknownRegion } from './regions';

/** Something wrong with one setting. */
export interface ConfigProblem {
  /** The provider argument it belongs to: `aws_region`, `gateway.host`. */
  readonly attribute: string;
  readonly message: string;
}

/** Everything wrong with these settings, in the order of the provider's documentation. Sends nothing. */
export function checkConfig(config: GenesysConfig): readonly ConfigProblem[] {
  return [
    ...credentials(config),
    ...whiteSpace(config),
    ...region(config),
    ...endpoint('gateway', config.gateway),
    ...pathParams(config),
    ...endpoint('proxy', config.proxy),
    ...numbers(config),
  ];
}

/** Registers every secret of these settings, and what Basic authentication makes of them. */
export function registerCredentials({ accessToken, clientId, clientSecret, gateway, proxy }: GenesysConfig): void {
  registerSecrets(accessToken);
  registerBasic(clientId, clientSecret);
  for (const auth of [gateway?.auth, proxy?.auth]) registerBasic(auth?.username, auth?.password);
}

/** A line break at the end of a secret, from a file or a CI variable, looks like a wrong secret otherwise. */
function whiteSpace(config: GenesysConfig): ConfigProblem[] {
  const values = [
    ['access_token', config.accessToken],
    ['oauthclient_id', config.clientId],
    ['oauthclient_secret', config.clientSecret],
  ] as const;
  return values
    .filter(([, value]) => given(value) && value !== value?.trim())
    .map(([attribute]) => ({
      attribute,
      message: `${attribute} (or GENESYSCLOUD_${attribute.toUpperCase()}) begins or ends with a blank or a line break, which Genesys Cloud would take for a part of it. Remove that.`,
    }));
}

function credentials(config: GenesysConfig): ConfigProblem[] {
  if (given(config.accessToken)) return [];
  if (given(config.clientId) && given(config.clientSecret)) return [];
  if (given(config.clientId)) {
    return [
      {
        attribute: 'oauthclient_secret',
        message:
          'oauthclient_id is given without its secret. Set oauthclient_secret or GENESYSCLOUD_OAUTHCLIENT_SECRET.',
      },
    ];
  }
  if (given(config.clientSecret)) {
    return [
      {
        attribute: 'oauthclient_id',
        message: 'oauthclient_secret is given without its id. Set oauthclient_id or GENESYSCLOUD_OAUTHCLIENT_ID.',
      },
    ];
  }
  return [
    {
      attribute: 'oauthclient_id',
      message:
        'No credentials. Set oauthclient_id and oauthclient_secret (GENESYSCLOUD_OAUTHCLIENT_ID, GENESYSCLOUD_OAUTHCLIENT_SECRET) of a client with the grant type client credentials, or access_token (GENESYSCLOUD_ACCESS_TOKEN).',
    },
  ];
}

function region(config: GenesysConfig): ConfigProblem[] {
  return regionDomain(config.region) === undefined
    ? [{ attribute: 'aws_region', message: unknownRegion(config.region) }]
    : [];
}

function endpoint(name: 'gateway' | 'proxy', block: GenesysConfig['proxy']): ConfigProblem[] {
  if (block === undefined) return [];
  const problems: ConfigProblem[] = [];
  if (block.protocol !== 'http' && block.protocol !== 'https') {
    problems.push({
      attribute: `${name}.protocol`,
      message: `"${block.protocol}" is not a protocol for a ${name}. Use "https" or "http".`,
    });
  }
  if (!/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:.]+\])$/.test(block.host)) {
    problems.push({
      attribute: `${name}.host`,
      // A host with a user in front of it has the password there, too.
      message: `${block.host.includes('@') ? 'The value with a user in it' : `"${block.host}"`} is not a host. Write only its name or address, without protocol, user, port and path: "${name}.example.com".`,
    });
  }
  if (block.port !== undefined && !(Number.isInteger(block.port) && block.port >= 1 && block.port <= 65_535)) {
    problems.push({ attribute: `${name}.port`, message: `${block.port} is not a port. Use 1 to 65535.` });
  }
  return problems;
}

function pathParams(config: GenesysConfig): ConfigProblem[] {
  return (config.gateway?.pathParams ?? [])
    .filter((param) => param.name !== 'api' && param.name !== 'login')
    .map((param) => ({
      attribute: 'gateway.path_params',
      message: `"${param.name}" is not a path name. Use "api" for the path before API requests and "login" for the one before token requests.`,
    }));
}

function numbers(config: GenesysConfig): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (!Number.isInteger(config.requestsPerMinute) || config.requestsPerMinute < 1) {
    problems.push({
      attribute: 'requests_per_minute',
      message: `${config.requestsPerMinute} is not a number of requests. Use a whole number of at least 1; Genesys Cloud allows a client 300 unless it has raised the limit.`,
    });
  }
  if (!(config.retryTimeoutMs >= 0)) {
    problems.push({ attribute: 'retry_timeout', message: 'The time must not be negative.' });
  }
  return problems;
}

function given(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '';
}
