/** One request, one answer, over the SDK's client. No retries here: the governor is the only layer that repeats. */
import { UnusableProxy } from '../network';
import { registerSecrets } from '../secrets';
import type { GenesysConfig } from './model';
import type { Asked, Operation } from './operation';
import { proxyFor, proxySettings } from './proxy';
import { regionDomain, unknownRegion } from './regions';
import type { Sdk, SdkApiClient, SdkHttpClient, SdkHttpRequest, SdkHttpResponse, SdkResponse } from './sdk';
import { loadSdk, newSdkClient } from './sdk';

/** A request as it is sent. */
export interface Request<Body = unknown> extends Asked {
  readonly operation: Operation<Body>;
  /** Called right before each try is sent; what it throws ends the call, and nothing is sent. */
  readonly beforeSend?: () => void;
}

/** An HTTP answer, of whatever status. Header names are in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

/** No HTTP answer came. */
export class ConnectionFailure extends Error {
  override readonly name = 'ConnectionFailure';

  constructor(
    /** Node's or OpenSSL's code: `ECONNREFUSED`. */
    readonly code: string,
    message: string,
    /** `https://api.mypurecloud.de` */
    readonly address: string,
    /** `http://proxy.example.com:3128`: what was asked to reach that address; undefined without a proxy. */
    readonly proxy?: string,
  ) {
    super(message);
  }

  /** True when the request certainly did not reach the other side. */
  get neverSent(): boolean {
    return NEVER_SENT.has(this.code) || this.certificate;
  }

  /** True when another try can help. A wrong certificate, a name that does not exist stay as they are. */
  get passing(): boolean {
    return !this.certificate && !['ENOTFOUND', 'ERR_INVALID_URL', UNUSABLE_PROXY].includes(this.code);
  }

  private get certificate(): boolean {
    return /CERT|ISSUER|VERIFY|EPROTO|SSL/.test(this.code);
  }
}

/** The environment names a proxy that cannot be used. */
export const UNUSABLE_PROXY = 'UNUSABLE_PROXY';

const NEVER_SENT = new Set([UNUSABLE_PROXY, 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** How requests leave this process. */
export interface Transport {
  /** Throws {@link ConnectionFailure}, or the signal's reason. */
  send(request: Request, signal: AbortSignal): Promise<Answer>;
  /** Asks for an access token with the client's credentials and uses it from now on. Errors as {@link send}. */
  login(signal: AbortSignal): Promise<Answer>;
  /** When the access token ends, in milliseconds since 1970; undefined when it is not known. */
  readonly tokenExpiresAt: number | undefined;
}

/** How long one request may take. The SDK's 16 s are too short for the creation of a large recording job. */
const REQUEST_TIMEOUT_MS = 60_000;

/** The address that API requests of these settings go to, without a path: `https://api.mypurecloud.de`. */
export function apiAddress(config: GenesysConfig): string {
  const { gateway } = config;
  if (gateway === undefined) return `https://api.${regionDomain(config.region) ?? config.region}`;
  return `${gateway.protocol}://${gateway.host}${gateway.port === undefined ? '' : `:${gateway.port}`}`;
}

/** The address that token requests of these settings go to, without a path: `https://login.mypurecloud.de`. */
export function loginAddress(config: GenesysConfig): string {
  if (config.gateway !== undefined) return apiAddress(config);
  return `https://login.${regionDomain(config.region) ?? config.region}`;
}

/** Sends through the SDK, which is loaded at the first request. */
export class SdkTransport implements Transport {
  private connecting: Promise<SdkApiClient> | undefined;
  private expiry: number | undefined;
  /** The signal of the request that is being handed to the SDK; see {@link httpClient}. */
  private signal: AbortSignal | undefined;
  /** The last answer of the token endpoint, which the SDK does not hand out. */
  private tokenAnswer: SdkResponse | undefined;

  constructor(
    private readonly config: GenesysConfig,
    private readonly timeoutMs = REQUEST_TIMEOUT_MS,
  ) {}

  get tokenExpiresAt(): number | undefined {
    return this.expiry;
  }

  async send(request: Request, signal: AbortSignal): Promise<Answer> {
    const client = await this.client();
    const { operation } = request;
    return this.exchange(signal, () =>
      client.callApi(
        operation.path,
        operation.method,
        request.params ?? {},
        request.query ?? {},
        {},
        {},
        request.body,
        ['PureCloud OAuth'],
        ['application/json'],
        ['application/json'],
      ),
    );
  }

  async login(signal: AbortSignal): Promise<Answer> {
    const client = await this.client();
    const answer = await this.exchange(
      signal,
      async () => {
        this.tokenAnswer = undefined;
        const granted = await client.loginClientCredentialsGrant(
          this.config.clientId ?? '',
          this.config.clientSecret ?? '',
        );
        registerSecrets(granted.accessToken);
        this.expiry = granted.tokenExpiryTime;
        // The SDK takes whatever came for a token; what came is judged by the session.
        return this.tokenAnswer ?? { status: 200, headers: {}, body: undefined };
      },
      loginAddress(this.config),
    );
    return answer;
  }

  private async exchange(
    signal: AbortSignal,
    call: () => Promise<SdkResponse>,
    address = apiAddress(this.config),
  ): Promise<Answer> {
    signal.throwIfAborted();
    try {
      this.signal = signal;
      return toAnswer(await call());
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const response = responseOf(error);
      if (response !== undefined) return toAnswer(response);
      if (error instanceof UnusableProxy) throw new ConnectionFailure(UNUSABLE_PROXY, error.message, address);
      throw toFailure(error, address, proxyFor(this.config, address));
    }
  }

  private client(): Promise<SdkApiClient> {
    this.connecting ??= this.connect();
    return this.connecting;
  }

  private async connect(): Promise<SdkApiClient> {
    const domain = regionDomain(this.config.region);
    if (domain === undefined) throw new RangeError(unknownRegion(this.config.region));
    const sdk = await loadSdk();
    const client = newSdkClient(sdk);
    client.setEnvironment(domain);
    client.setGateway(gatewayOf(this.config));
    client.setHttpClient(this.httpClient(sdk));
    if (this.config.accessToken !== undefined) client.setAccessToken(this.config.accessToken);
    return client;
  }

  /**
   * The SDK's HTTP client with what the SDK has no setting for. `callApi` takes no signal, but it makes the axios
   * settings before it returns, so the signal set just before the call is the one of this request.
   */
  private httpClient(sdk: Sdk): SdkHttpClient {
    const { config } = this;
    const takeSignal = (): AbortSignal | undefined => this.signal;
    const keepTokenAnswer = (answer: SdkResponse): void => {
      this.tokenAnswer = answer;
    };
    class AbortableHttpClient extends sdk.DefaultHttpClient {
      override async request(options: SdkHttpRequest): Promise<SdkHttpResponse> {
        const response = await super.request(options);
        if (options.url.endsWith('/oauth/token')) {
          keepTokenAnswer({ status: response.status, headers: response.headers, body: response.data });
        }
        return response;
      }

      override toAxiosConfig(request: Parameters<SdkHttpClient['toAxiosConfig']>[0]): Record<string, unknown> {
        return {
          ...super.toAxiosConfig(request),
          signal: takeSignal(),
          // A redirect would carry the token to a place nobody has configured.
          maxRedirects: 0,
          transitional: { clarifyTimeoutError: true },
          proxy: proxySettings(config, request.url),
        };
      }
    }
    return new AbortableHttpClient(this.timeoutMs);
  }
}

function gatewayOf(config: GenesysConfig): Readonly<Record<string, unknown>> | undefined {
  const { gateway } = config;
  if (gateway === undefined) return undefined;
  const path = (name: string): string | undefined =>
    gateway.pathParams?.find((param) => param.name === name)?.value.trim();
  return {
    protocol: gateway.protocol,
    host: gateway.host,
    port: gateway.port,
    path_params_api: path('api'),
    path_params_login: path('login'),
    username: gateway.auth?.username,
    password: gateway.auth?.password,
  };
}

/** HTTP errors come as the SDK's extended response from `callApi`, and as axios's error from the login. */
function responseOf(error: unknown): SdkResponse | undefined {
  const thrown = error as { readonly status?: unknown; readonly headers?: unknown; readonly response?: unknown };
  if (typeof thrown.response === 'object' && thrown.response !== null) {
    const response = thrown.response as { readonly status: number; readonly headers: object; readonly data: unknown };
    return { status: response.status, headers: response.headers as SdkResponse['headers'], body: response.data };
  }
  if (typeof thrown.status === 'number' && typeof thrown.headers === 'object') return error as SdkResponse;
  return undefined;
}

function toAnswer(response: SdkResponse): Answer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value != null) headers[name.toLowerCase()] = String(value as string);
  }
  return { status: response.status, headers, body: response.body };
}

/** Takes only code and words of the error: axios's own carries the whole request with its token. */
function toFailure(error: unknown, address: string, proxy: string | undefined): Error {
  const thrown = error as { readonly code?: unknown; readonly message?: unknown; readonly isAxiosError?: unknown };
  if (thrown.isAxiosError !== true && typeof thrown.code !== 'string') return error as Error;
  const code = typeof thrown.code === 'string' ? thrown.code : 'ERR_NETWORK';
  return new ConnectionFailure(code, String(thrown.message ?? '') || code, address, proxy);
}
