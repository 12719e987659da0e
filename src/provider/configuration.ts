/**
 * What the provider block and the environment say, put together. What is written in the block beats the environment;
 * the names of the variables are those of the official Genesys Cloud provider.
 */
import { isUnknown, type ConfigOf, type Unknown } from '../framework';
import { parseDuration } from '../time';
import { checkConfig, registerCredentials, type GenesysConfig } from '../genesys';
import { registerEnvironment } from '../secrets';
import { patternProblem, REFERENCE_ID } from '../words';
import type { providerSchema } from './provider-schema';
import type { Approvers } from '../register';
import { approversIn } from './approvers';
import { HOLD_APIS } from './hold-api';
import { registerPlace, type RegisterPlace } from './register-place';
import { Sources, type Environment, type Problem } from './sources';

type ProviderConfig = ConfigOf<typeof providerSchema>;

const DEFAULT_REQUESTS_PER_MINUTE = 300;
const DEFAULT_RETRY_TIMEOUT_MS = 300_000;
const HOLD_API_WORDS = ['auto', ...HOLD_APIS] as const;

/** Everything the provider needs to know before it talks to anybody. */
export interface Settings {
  readonly genesys: GenesysConfig;
  readonly externalReferenceIdPattern: string;
  /** Where the register of claims is; undefined where nobody named a place. */
  readonly register: RegisterPlace | undefined;
  /** Other matters are shown by name, and not by claim alone. */
  readonly showMatters: boolean;
  /** No hold of version 0.1.0 is left that is not in the register. */
  readonly allHoldsAdopted: boolean;
  /** Who must approve releases of holds that are made; undefined for nobody. */
  readonly approvers: Approvers | undefined;
}

/** What came out of configuration and environment. */
export interface Resolved {
  /** Undefined when something is wrong or missing, and when something is not known yet. */
  readonly settings: Settings | undefined;
  /** Wrong wherever it comes from: reported when validating. */
  readonly mistakes: readonly Problem[];
  /** Not given at all: reported when configuring, because `terraform validate` has to work without credentials. */
  readonly missing: Problem | undefined;
}

/** The same block and environment give the same answer, and nothing is sent. Registers every secret that it meets. */
export function resolveConfiguration(config: ProviderConfig, env: Environment): Resolved {
  const sources = new Sources(env);
  const genesys: GenesysConfig = {
    ...credentials(config, sources),
    region: sources.text(config.aws_region, 'GENESYSCLOUD_REGION') ?? '',
    ...gateway(config, sources),
    ...proxy(config, sources),
    requestsPerMinute:
      sources.number(['requests_per_minute'], config.requests_per_minute, 'GENESYSCLOUD_REQUESTS_PER_MINUTE') ??
      DEFAULT_REQUESTS_PER_MINUTE,
    retryTimeoutMs: retryTimeout(config, sources),
    holdApi: sources.word(['hold_api'], config.hold_api, 'GENESYSCLOUD_HOLD_API', HOLD_API_WORDS) ?? 'auto',
  };
  // Also those from the environment, which Terraform does not know to be secret.
  registerEnvironment(env);
  registerCredentials(genesys);
  const externalReferenceIdPattern = pattern(config, sources);
  const register = registerPlace(config.register, sources);
  const showMatters = sources.flag(config.show_matters);
  const allHoldsAdopted = sources.flag(config.all_holds_adopted);
  const approvers = approversIn(config, sources);
  const missing = missingProblem(genesys);
  const mistakes = [...sources.mistakes, ...invalid(genesys)];
  const ready = mistakes.length === 0 && missing === undefined && !sources.sawUnknown;
  return {
    mistakes,
    // While something is unknown, what seems to be missing may be just that.
    missing: sources.sawUnknown ? undefined : missing,
    settings: ready
      ? { genesys, externalReferenceIdPattern, register, showMatters, allHoldsAdopted, approvers }
      : undefined,
  };
}

/** What the environment alone says, as if the provider block were empty: how commands reach Genesys Cloud. */
export function resolveEnvironment(env: Environment): Resolved {
  return resolveConfiguration(EMPTY_BLOCK, env);
}

const EMPTY_BLOCK: ProviderConfig = {
  access_token: null,
  oauthclient_id: null,
  oauthclient_secret: null,
  aws_region: null,
  requests_per_minute: null,
  retry_timeout: null,
  hold_api: null,
  external_reference_id_pattern: null,
  register: null,
  show_matters: null,
  all_holds_adopted: null,
  release_approvers: null,
  approvals_required: null,
  gateway: null,
  proxy: null,
};

/** What Genesys Cloud's own room finds wrong with the values; what is only missing is said elsewhere, and better. */
function invalid(genesys: GenesysConfig): Problem[] {
  return checkConfig(genesys)
    .filter(({ attribute }) => !attribute.startsWith('oauthclient_'))
    .filter(({ attribute }) => !(attribute === 'aws_region' && genesys.region === ''))
    .map(({ attribute, message }) => ({
      path: attribute.split('.'),
      summary: 'Invalid provider configuration',
      detail: `${attribute}: ${message}`,
    }));
}

/** One error for everything that is missing: whoever sets up the provider wants the whole list at once. */
function missingProblem(genesys: GenesysConfig): Problem | undefined {
  const texts = [
    ...checkConfig(genesys)
      .filter(({ attribute }) => attribute.startsWith('oauthclient_'))
      .map(({ attribute, message }) => ({ attribute, message })),
    ...(genesys.region === ''
      ? [
          {
            attribute: 'aws_region',
            message: 'No region. Set aws_region, e.g. "eu-central-1", or the environment variable GENESYSCLOUD_REGION.',
          },
        ]
      : []),
  ];
  const [first] = texts;
  if (first === undefined) return undefined;
  return {
    path: [first.attribute],
    summary: 'Access to Genesys Cloud is not configured',
    detail: `${texts.map(({ message }) => message).join('\n')}\nNothing was sent to Genesys Cloud.`,
  };
}

function credentials(
  config: ProviderConfig,
  sources: Sources,
): Pick<GenesysConfig, 'accessToken' | 'clientId' | 'clientSecret'> {
  const writesToken = isWritten(config.access_token);
  const writesClient = isWritten(config.oauthclient_id) || isWritten(config.oauthclient_secret);
  if (writesToken && writesClient) {
    sources.mistakes.push({
      path: ['access_token'],
      summary: 'Two ways to sign in',
      detail:
        'access_token contradicts oauthclient_id and oauthclient_secret: they may belong to different clients, and only one can be used. Keep one way to sign in.',
    });
  }
  const accessToken = sources.text(config.access_token, 'GENESYSCLOUD_ACCESS_TOKEN');
  const clientId = sources.text(config.oauthclient_id, 'GENESYSCLOUD_OAUTHCLIENT_ID');
  const clientSecret = sources.text(config.oauthclient_secret, 'GENESYSCLOUD_OAUTHCLIENT_SECRET');
  // In the environment a token goes before a client, as in the official provider; a client that is written in the
  // block goes before a token from the environment.
  if (accessToken !== undefined && (writesToken || !writesClient)) return { accessToken };
  return {
    ...(clientId === undefined ? {} : { clientId }),
    ...(clientSecret === undefined ? {} : { clientSecret }),
  };
}

/** Whether the block certainly says something: what is not known yet may turn out null, and empty text counts as left out. */
function isWritten(value: string | null | Unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function gateway(config: ProviderConfig, sources: Sources): Pick<GenesysConfig, 'gateway'> {
  const server = resolveServer('gateway', config.gateway, sources);
  if (server === undefined) return {};
  const pathParams = resolvePaths(config, sources);
  return { gateway: { ...server, ...(pathParams.length === 0 ? {} : { pathParams }) } };
}

function proxy(config: ProviderConfig, sources: Sources): Pick<GenesysConfig, 'proxy'> {
  const server = resolveServer('proxy', config.proxy, sources);
  return server === undefined ? {} : { proxy: server };
}

/** A gateway or proxy; the environment alone is enough to have one. */
function resolveServer(
  name: 'gateway' | 'proxy',
  written: ProviderConfig['proxy'],
  sources: Sources,
): GenesysConfig['proxy'] {
  const variable = (part: string) => `GENESYSCLOUD_${name.toUpperCase()}_${part}`;
  const protocol = sources.word([name, 'protocol'], written?.protocol, variable('PROTOCOL'), ['http', 'https']);
  const host = sources.text(written?.host, variable('HOST'));
  const port = sources.number([name, 'port'], written?.port, variable('PORT'));
  const auth = resolveAuth(name, written?.auth ?? null, sources);
  if (host === undefined) {
    if (written !== null && !isUnknown(written.host)) {
      sources.mistake([name, 'host'], variable('HOST'), `The ${name} block has no host, so nothing can be sent to it.`);
    }
    return undefined;
  }
  return {
    protocol: protocol ?? 'https',
    host,
    ...(port === undefined ? {} : { port }),
    ...(auth === undefined ? {} : { auth }),
  };
}

/** User name and password, both or neither: half of them would be a request without any, refused for another reason. */
function resolveAuth(
  name: 'gateway' | 'proxy',
  written: NonNullable<ProviderConfig['proxy']>['auth'],
  sources: Sources,
): { readonly username: string; readonly password: string } | undefined {
  const variable = (part: string) => `GENESYSCLOUD_${name.toUpperCase()}_AUTH_${part.toUpperCase()}`;
  const parts = ['username', 'password'] as const;
  const [username, password] = parts.map((part) => sources.text(written?.[part], variable(part)));
  if (username !== undefined && password !== undefined) return { username, password };
  if (isUnknown(written?.username) || isUnknown(written?.password)) return undefined;
  if (username === undefined && password === undefined) return undefined;
  const [given, lacking] = username === undefined ? (['password', 'username'] as const) : parts;
  sources.mistake(
    [name, 'auth', lacking],
    variable(lacking),
    `The ${given} for the ${name} is given without its ${lacking}, so it could not be used. Give both, or neither.`,
  );
  return undefined;
}

function resolvePaths(
  config: ProviderConfig,
  sources: Sources,
): readonly { readonly name: string; readonly value: string }[] {
  const written = config.gateway?.path_params ?? [];
  if (isUnknown(written)) {
    sources.sawUnknown = true;
    return [];
  }
  if (written.length > 0) {
    return written.flatMap((entry, index) => {
      const name = sources.text(entry.path_name, undefined);
      const value = sources.text(entry.path_value, undefined);
      if (name !== undefined && value !== undefined) return [{ name, value }];
      if (!isUnknown(entry.path_name) && !isUnknown(entry.path_value)) {
        const lacking = name === undefined ? 'path_name' : 'path_value';
        sources.mistakes.push({
          path: ['gateway', 'path_params', index, lacking],
          summary: 'Invalid provider configuration',
          detail: `${lacking} is empty. A path of the gateway needs its path_name ("api" or "login") and its path_value.`,
        });
      }
      return [];
    });
  }
  const [nameVariable, valueVariable] = ['GENESYSCLOUD_GATEWAY_PATH_NAME', 'GENESYSCLOUD_GATEWAY_PATH_VALUE'] as const;
  const name = sources.text(null, nameVariable);
  const value = sources.text(null, valueVariable);
  if (name !== undefined && value !== undefined) return [{ name, value }];
  if (name === undefined && value === undefined) return [];
  const [given, lacking] = name === undefined ? [valueVariable, nameVariable] : [nameVariable, valueVariable];
  sources.mistakes.push({
    path: ['gateway'],
    summary: 'Invalid provider configuration',
    detail: `The environment variable ${given} is set without ${lacking}. A path of the gateway needs both.`,
  });
  return [];
}

function retryTimeout(config: ProviderConfig, sources: Sources): number {
  const variable = 'GENESYSCLOUD_RETRY_TIMEOUT';
  const text = sources.text(config.retry_timeout, variable);
  if (text === undefined) return DEFAULT_RETRY_TIMEOUT_MS;
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  sources.mistake(['retry_timeout'], variable, `"${text}" is not a duration. Write e.g. "90s", "5m" or "1h".`);
  return DEFAULT_RETRY_TIMEOUT_MS;
}

function pattern(config: ProviderConfig, sources: Sources): string {
  const variable = 'GENESYSCLOUD_EXTERNAL_REFERENCE_ID_PATTERN';
  const text = sources.text(config.external_reference_id_pattern, variable);
  if (text === undefined) return REFERENCE_ID;
  const problem = patternProblem(text);
  if (problem !== undefined) {
    const reason = `"${text}" is not a regular expression: ${problem}.`;
    sources.mistake(['external_reference_id_pattern'], variable, reason);
  }
  return text;
}
