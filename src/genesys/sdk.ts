/**
 * Genesys Cloud's own SDK, loaded at the first request: it costs more to load than the rest of the provider together,
 * and most commands never call Genesys Cloud. This is the only module that names the package, so that a bundler can
 * leave it in a file of its own.
 */

/** One request of the SDK's HTTP client. */
export interface SdkHttpRequest {
  readonly url: string;
  readonly method: string;
}

/** The SDK's HTTP client over axios; {@link toAxiosConfig} is where a request gets its last settings. */
export interface SdkHttpClient {
  /** Rejects for HTTP errors. */
  request(options: SdkHttpRequest): Promise<SdkHttpResponse>;
  toAxiosConfig(request: SdkHttpRequest): Record<string, unknown>;
}

/** Axios's answer. */
export interface SdkHttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

/** What the SDK gives with extended responses on, for success and for HTTP errors alike. */
export interface SdkResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** The part of the SDK's settings that is used here. */
export interface SdkConfiguration {
  live_reload_config: boolean;
  refresh_access_token: boolean;
  setConfigPath(path: string): void;
  readonly logger: { log_level: string; log_to_console: boolean; log_file_path: string | undefined; setLogger(): void };
}

/** The part of the SDK's client that is used here. */
export interface SdkApiClient {
  readonly config: SdkConfiguration;
  setReturnExtendedResponses(on: boolean): void;
  setEnvironment(domain: string): void;
  setGateway(gateway: Readonly<Record<string, unknown>> | undefined): void;
  setAccessToken(token: string): void;
  setHttpClient(client: SdkHttpClient): void;
  loginClientCredentialsGrant(
    clientId: string,
    clientSecret: string,
  ): Promise<{ readonly accessToken?: string; readonly tokenExpiryTime?: number }>;
  callApi(
    path: string,
    method: string,
    pathParams: Readonly<Record<string, string>>,
    queryParams: Readonly<Record<string, unknown>>,
    headerParams: Readonly<Record<string, string>>,
    formParams: Readonly<Record<string, string>>,
    body: unknown,
    authNames: readonly string[],
    contentTypes: readonly string[],
    accepts: readonly string[],
  ): Promise<SdkResponse>;
}

/** The SDK's classes. */
export interface Sdk {
  /** An instance that the SDK makes for itself while it loads. */
  readonly ApiClient: SdkApiClient;
  readonly ApiClientClass: new () => SdkApiClient;
  readonly DefaultHttpClient: new (timeoutMs: number) => SdkHttpClient;
}

/** Loads the SDK and stops what it does by itself: reading and watching a configuration file in the home folder. */
export async function loadSdk(): Promise<Sdk> {
  const module = (await import('purecloud-platform-client-v2')) as unknown as { readonly default: Sdk };
  quiet(module.default.ApiClient);
  return module.default;
}

/** A client of its own, not the SDK's shared one, without configuration file, log and token refresh of its own. */
export function newSdkClient(sdk: Sdk): SdkApiClient {
  const client = new sdk.ApiClientClass();
  quiet(client);
  client.setReturnExtendedResponses(true);
  return client;
}

/**
 * The SDK reads `~/.genesyscloudjavascript/config` when it is made and looks at it again every five seconds. That file
 * is about other programs: it could switch on logging to stdout, which belongs to Terraform, or set another gateway.
 */
function quiet(client: SdkApiClient): void {
  const { config } = client;
  config.live_reload_config = false;
  config.setConfigPath('');
  config.refresh_access_token = false;
  config.logger.log_level = 'none';
  config.logger.log_to_console = false;
  config.logger.log_file_path = undefined;
  config.logger.setLogger();
}
