// Generated from the schema of the provider by "npm run bindings". Do not edit.
import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface ComplianceProviderConfig {
  /**
  * OAuth access token, used instead of `oauthclient_id` and `oauthclient_secret`. It is not renewed: an export that waits longer than the token lives fails, so prefer client credentials for unattended runs. Environment variable: `GENESYSCLOUD_ACCESS_TOKEN`.
  */
  readonly accessToken?: string;
  /**
  * Says that every hold made by version 0.1.0 has been applied with this version and is in the register. Default: `false`: releasing a hold of 0.1.0 keeps every recording protected, since another such hold that nobody has registered may need it.
  */
  readonly allHoldsAdopted?: boolean | cdktf.IResolvable;
  /**
  * How many of `release_approvers` must sign, each with a key of their own. Default with `release_approvers`: 2.
  */
  readonly approvalsRequired?: number;
  /**
  * AWS region of the Genesys Cloud organization, in any case: `us-east-1`, `eu-central-1`, `ap-southeast-2`, … It decides which API and login hosts are used. Environment variable: `GENESYSCLOUD_REGION`.
  */
  readonly awsRegion?: string;
  /**
  * Regular expression that every `external_reference_id` must match as a whole, when your matter numbers have another form than the default `^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$`. Environment variable: `GENESYSCLOUD_EXTERNAL_REFERENCE_ID_PATTERN`.
  */
  readonly externalReferenceIdPattern?: string;
  /**
  * Which API protects conversations. `compliance`: `POST /api/v2/compliance/legalholds`, which not every organization has. `deletion_protection`: `PUT /api/v2/recordings/deletionprotection`, the public API, which protects at most 1,000 conversations per organization and knows no names or cases. `auto` (default) asks the organization once whether the compliance endpoint exists and otherwise uses deletion protection. What a hold was made with is recorded in its state and used for it ever after. Environment variable: `GENESYSCLOUD_HOLD_API`.
  */
  readonly holdApi?: string;
  /**
  * Id of an OAuth client with the grant type Client Credentials. Only the client that created a recording job may run it, so keep using the same client while an export is under way. For every day take one that can hold and never release, and a second one for releases alone: docs/permissions.md lists the permissions of both. Environment variable: `GENESYSCLOUD_OAUTHCLIENT_ID`.
  */
  readonly oauthclientId?: string;
  /**
  * Secret of that OAuth client. Environment variable: `GENESYSCLOUD_OAUTHCLIENT_SECRET`; prefer it to writing the secret into a file.
  */
  readonly oauthclientSecret?: string;
  /**
  * Where it is kept which matter needs which recordings: `s3://bucket/prefix`, or a folder. Genesys Cloud and S3 keep one bit for everybody; the register knows who needs it, so that a release lifts only what no other matter claims. All machines that hold or release must use the same one. S3 is reached with the AWS settings of the environment (credentials, `AWS_REGION`, `AWS_ENDPOINT_URL_S3`), and needs `s3:ListBucket`, `s3:GetObject` and `s3:PutObject`, never a deletion. Nothing is asked of it before a hold is read, made or released. Left out: `$XDG_STATE_HOME/genesyscloud-compliance/register`, that is `~/.local/state/…` (on Windows below `%LOCALAPPDATA%`), which is enough for one person on one machine. A release says then that other machines were not asked, and is refused where the environment variable `CI` is set. Environment variable: `GENESYSCLOUD_COMPLIANCE_REGISTER`.
  */
  readonly register?: string;
  /**
  * Ed25519 public keys, in PEM, of those who may approve a release: `release_approvers = [file("keys/anna.pem"), file("keys/bo.pem")]`. With it a hold is released only with the signatures of `approvals_required` of them, made with `genesyscloud-compliance approve` and given to the hold as `release_approvals`. They are pinned in the claim of each hold when it is made, or at the next apply of a hold without any. From then on those that are pinned count, whatever is written here; changing them takes the approvals of those that are. Default: nobody has to approve.
  */
  readonly releaseApprovers?: string[];
  /**
  * Most requests a minute that this provider sends to Genesys Cloud. Default: 300, what Genesys Cloud allows one client-credentials token. Set it lower when other tools use the same OAuth client, higher only when Genesys Cloud has raised your limit. Environment variable: `GENESYSCLOUD_REQUESTS_PER_MINUTE`.
  */
  readonly requestsPerMinute?: number;
  /**
  * How long one request is retried when Genesys Cloud throttles it, answers with a passing server error or cannot be reached, as a duration like `90s`, `5m` or `1h`. Default: `5m`. Waiting for an export to finish is not counted here: see `timeouts` of the resource. Environment variable: `GENESYSCLOUD_RETRY_TIMEOUT`.
  */
  readonly retryTimeout?: string;
  /**
  * Show other matters by name in plans and messages. Default: `false`: they are shown as claim ids and counts, because who works on one matter may not be allowed to know of another.
  */
  readonly showMatters?: boolean | cdktf.IResolvable;
  /**
  * Alias name
  */
  readonly alias?: string;
  /**
  * gateway block
  */
  readonly gateway?: ComplianceProviderGateway;
  /**
  * proxy block
  */
  readonly proxy?: ComplianceProviderProxy;
}
export interface ComplianceProviderGatewayAuth {
  /**
  * Password for the gateway. Environment variable: `GENESYSCLOUD_GATEWAY_AUTH_PASSWORD`; prefer it to writing the password into a file.
  */
  readonly password?: string;
  /**
  * User name for the gateway. Environment variable: `GENESYSCLOUD_GATEWAY_AUTH_USERNAME`.
  */
  readonly username?: string;
}

export function complianceProviderGatewayAuthToTerraform(struct?: ComplianceProviderGatewayAuth | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    password: cdktf.stringToTerraform(struct!.password),
    username: cdktf.stringToTerraform(struct!.username),
  }
}

export function complianceProviderGatewayAuthToHclTerraform(struct?: ComplianceProviderGatewayAuth | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    password: {
      value: cdktf.stringToHclTerraform(struct!.password),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    username: {
      value: cdktf.stringToHclTerraform(struct!.username),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export interface ComplianceProviderGatewayPathParams {
  /**
  * Kind of request: `api` for the API, `login` for the token endpoint.
  */
  readonly pathName: string;
  /**
  * Path on the gateway that is put before the path of such requests, e.g. `genesys/api`.
  */
  readonly pathValue: string;
}

export function complianceProviderGatewayPathParamsToTerraform(struct?: ComplianceProviderGatewayPathParams | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    path_name: cdktf.stringToTerraform(struct!.pathName),
    path_value: cdktf.stringToTerraform(struct!.pathValue),
  }
}

export function complianceProviderGatewayPathParamsToHclTerraform(struct?: ComplianceProviderGatewayPathParams | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    path_name: {
      value: cdktf.stringToHclTerraform(struct!.pathName),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    path_value: {
      value: cdktf.stringToHclTerraform(struct!.pathValue),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export interface ComplianceProviderGateway {
  /**
  * Host name or address of the gateway. Environment variable: `GENESYSCLOUD_GATEWAY_HOST`.
  */
  readonly host?: string;
  /**
  * Port of the gateway; left out, that of the protocol. Environment variable: `GENESYSCLOUD_GATEWAY_PORT`.
  */
  readonly port?: number;
  /**
  * Protocol spoken to the gateway: `http` or `https` (default). Environment variable: `GENESYSCLOUD_GATEWAY_PROTOCOL`.
  */
  readonly protocol?: string;
  /**
  * auth block
  */
  readonly auth?: ComplianceProviderGatewayAuth;
  /**
  * path_params block
  */
  readonly pathParams?: ComplianceProviderGatewayPathParams[] | cdktf.IResolvable;
}

export function complianceProviderGatewayToTerraform(struct?: ComplianceProviderGateway | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    host: cdktf.stringToTerraform(struct!.host),
    port: cdktf.numberToTerraform(struct!.port),
    protocol: cdktf.stringToTerraform(struct!.protocol),
    auth: complianceProviderGatewayAuthToTerraform(struct!.auth),
    path_params: cdktf.listMapper(complianceProviderGatewayPathParamsToTerraform, true)(struct!.pathParams),
  }
}

export function complianceProviderGatewayToHclTerraform(struct?: ComplianceProviderGateway | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    host: {
      value: cdktf.stringToHclTerraform(struct!.host),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    port: {
      value: cdktf.numberToHclTerraform(struct!.port),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    protocol: {
      value: cdktf.stringToHclTerraform(struct!.protocol),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    auth: {
      value: complianceProviderGatewayAuthToHclTerraform(struct!.auth),
      isBlock: true,
      type: "struct",
      storageClassType: "ComplianceProviderGatewayAuth",
    },
    path_params: {
      value: cdktf.listMapperHcl(complianceProviderGatewayPathParamsToHclTerraform, true)(struct!.pathParams),
      isBlock: true,
      type: "list",
      storageClassType: "ComplianceProviderGatewayPathParamsList",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export interface ComplianceProviderProxyAuth {
  /**
  * Password for the proxy. Environment variable: `GENESYSCLOUD_PROXY_AUTH_PASSWORD`; prefer it to writing the password into a file.
  */
  readonly password?: string;
  /**
  * User name for the proxy. Environment variable: `GENESYSCLOUD_PROXY_AUTH_USERNAME`.
  */
  readonly username?: string;
}

export function complianceProviderProxyAuthToTerraform(struct?: ComplianceProviderProxyAuth | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    password: cdktf.stringToTerraform(struct!.password),
    username: cdktf.stringToTerraform(struct!.username),
  }
}

export function complianceProviderProxyAuthToHclTerraform(struct?: ComplianceProviderProxyAuth | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    password: {
      value: cdktf.stringToHclTerraform(struct!.password),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    username: {
      value: cdktf.stringToHclTerraform(struct!.username),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export interface ComplianceProviderProxy {
  /**
  * Host name or address of the proxy. Environment variable: `GENESYSCLOUD_PROXY_HOST`.
  */
  readonly host?: string;
  /**
  * Port of the proxy; left out, that of the protocol. Environment variable: `GENESYSCLOUD_PROXY_PORT`.
  */
  readonly port?: number;
  /**
  * Protocol spoken to the proxy: `http` or `https` (default). Environment variable: `GENESYSCLOUD_PROXY_PROTOCOL`.
  */
  readonly protocol?: string;
  /**
  * auth block
  */
  readonly auth?: ComplianceProviderProxyAuth;
}

export function complianceProviderProxyToTerraform(struct?: ComplianceProviderProxy | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    host: cdktf.stringToTerraform(struct!.host),
    port: cdktf.numberToTerraform(struct!.port),
    protocol: cdktf.stringToTerraform(struct!.protocol),
    auth: complianceProviderProxyAuthToTerraform(struct!.auth),
  }
}

export function complianceProviderProxyToHclTerraform(struct?: ComplianceProviderProxy | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    host: {
      value: cdktf.stringToHclTerraform(struct!.host),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    port: {
      value: cdktf.numberToHclTerraform(struct!.port),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
    protocol: {
      value: cdktf.stringToHclTerraform(struct!.protocol),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    auth: {
      value: complianceProviderProxyAuthToHclTerraform(struct!.auth),
      isBlock: true,
      type: "struct",
      storageClassType: "ComplianceProviderProxyAuth",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

/**
* Represents a `compliance`
*/
export class ComplianceProvider extends cdktf.TerraformProvider {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "compliance";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a ComplianceProvider resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the ComplianceProvider to import
  * @param importFromId The id of the existing ComplianceProvider that should be imported. Refer to the `import section` in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the ComplianceProvider to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "compliance", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new `compliance` Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options ComplianceProviderConfig = {}
  */
  public constructor(scope: Construct, id: string, config: ComplianceProviderConfig = {}) {
    super(scope, id, {
      terraformResourceType: 'compliance',
      terraformGeneratorMetadata: {
        providerName: 'compliance',
        providerVersion: '~> 0.1'
      },
      terraformProviderSource: 'terraform.local/genesyscloud/compliance'
    });
    this._accessToken = config.accessToken;
    this._allHoldsAdopted = config.allHoldsAdopted;
    this._approvalsRequired = config.approvalsRequired;
    this._awsRegion = config.awsRegion;
    this._externalReferenceIdPattern = config.externalReferenceIdPattern;
    this._holdApi = config.holdApi;
    this._oauthclientId = config.oauthclientId;
    this._oauthclientSecret = config.oauthclientSecret;
    this._register = config.register;
    this._releaseApprovers = config.releaseApprovers;
    this._requestsPerMinute = config.requestsPerMinute;
    this._retryTimeout = config.retryTimeout;
    this._showMatters = config.showMatters;
    this._alias = config.alias;
    this._gateway = config.gateway;
    this._proxy = config.proxy;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // access_token - computed: false, optional: true, required: false
  private _accessToken?: string; 
  public get accessToken() {
    return this._accessToken;
  }
  public set accessToken(value: string | undefined) {
    this._accessToken = value;
  }
  public resetAccessToken() {
    this._accessToken = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get accessTokenInput() {
    return this._accessToken;
  }

  // all_holds_adopted - computed: false, optional: true, required: false
  private _allHoldsAdopted?: boolean | cdktf.IResolvable; 
  public get allHoldsAdopted() {
    return this._allHoldsAdopted;
  }
  public set allHoldsAdopted(value: boolean | cdktf.IResolvable | undefined) {
    this._allHoldsAdopted = value;
  }
  public resetAllHoldsAdopted() {
    this._allHoldsAdopted = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get allHoldsAdoptedInput() {
    return this._allHoldsAdopted;
  }

  // approvals_required - computed: false, optional: true, required: false
  private _approvalsRequired?: number; 
  public get approvalsRequired() {
    return this._approvalsRequired;
  }
  public set approvalsRequired(value: number | undefined) {
    this._approvalsRequired = value;
  }
  public resetApprovalsRequired() {
    this._approvalsRequired = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get approvalsRequiredInput() {
    return this._approvalsRequired;
  }

  // aws_region - computed: false, optional: true, required: false
  private _awsRegion?: string; 
  public get awsRegion() {
    return this._awsRegion;
  }
  public set awsRegion(value: string | undefined) {
    this._awsRegion = value;
  }
  public resetAwsRegion() {
    this._awsRegion = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get awsRegionInput() {
    return this._awsRegion;
  }

  // external_reference_id_pattern - computed: false, optional: true, required: false
  private _externalReferenceIdPattern?: string; 
  public get externalReferenceIdPattern() {
    return this._externalReferenceIdPattern;
  }
  public set externalReferenceIdPattern(value: string | undefined) {
    this._externalReferenceIdPattern = value;
  }
  public resetExternalReferenceIdPattern() {
    this._externalReferenceIdPattern = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get externalReferenceIdPatternInput() {
    return this._externalReferenceIdPattern;
  }

  // hold_api - computed: false, optional: true, required: false
  private _holdApi?: string; 
  public get holdApi() {
    return this._holdApi;
  }
  public set holdApi(value: string | undefined) {
    this._holdApi = value;
  }
  public resetHoldApi() {
    this._holdApi = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get holdApiInput() {
    return this._holdApi;
  }

  // oauthclient_id - computed: false, optional: true, required: false
  private _oauthclientId?: string; 
  public get oauthclientId() {
    return this._oauthclientId;
  }
  public set oauthclientId(value: string | undefined) {
    this._oauthclientId = value;
  }
  public resetOauthclientId() {
    this._oauthclientId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get oauthclientIdInput() {
    return this._oauthclientId;
  }

  // oauthclient_secret - computed: false, optional: true, required: false
  private _oauthclientSecret?: string; 
  public get oauthclientSecret() {
    return this._oauthclientSecret;
  }
  public set oauthclientSecret(value: string | undefined) {
    this._oauthclientSecret = value;
  }
  public resetOauthclientSecret() {
    this._oauthclientSecret = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get oauthclientSecretInput() {
    return this._oauthclientSecret;
  }

  // register - computed: false, optional: true, required: false
  private _register?: string; 
  public get register() {
    return this._register;
  }
  public set register(value: string | undefined) {
    this._register = value;
  }
  public resetRegister() {
    this._register = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get registerInput() {
    return this._register;
  }

  // release_approvers - computed: false, optional: true, required: false
  private _releaseApprovers?: string[]; 
  public get releaseApprovers() {
    return this._releaseApprovers;
  }
  public set releaseApprovers(value: string[] | undefined) {
    this._releaseApprovers = value;
  }
  public resetReleaseApprovers() {
    this._releaseApprovers = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get releaseApproversInput() {
    return this._releaseApprovers;
  }

  // requests_per_minute - computed: false, optional: true, required: false
  private _requestsPerMinute?: number; 
  public get requestsPerMinute() {
    return this._requestsPerMinute;
  }
  public set requestsPerMinute(value: number | undefined) {
    this._requestsPerMinute = value;
  }
  public resetRequestsPerMinute() {
    this._requestsPerMinute = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get requestsPerMinuteInput() {
    return this._requestsPerMinute;
  }

  // retry_timeout - computed: false, optional: true, required: false
  private _retryTimeout?: string; 
  public get retryTimeout() {
    return this._retryTimeout;
  }
  public set retryTimeout(value: string | undefined) {
    this._retryTimeout = value;
  }
  public resetRetryTimeout() {
    this._retryTimeout = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get retryTimeoutInput() {
    return this._retryTimeout;
  }

  // show_matters - computed: false, optional: true, required: false
  private _showMatters?: boolean | cdktf.IResolvable; 
  public get showMatters() {
    return this._showMatters;
  }
  public set showMatters(value: boolean | cdktf.IResolvable | undefined) {
    this._showMatters = value;
  }
  public resetShowMatters() {
    this._showMatters = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get showMattersInput() {
    return this._showMatters;
  }

  // alias - computed: false, optional: true, required: false
  private _alias?: string; 
  public override get alias() {
    return this._alias;
  }
  public override set alias(value: string | undefined) {
    this._alias = value;
  }
  public resetAlias() {
    this._alias = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get aliasInput() {
    return this._alias;
  }

  // gateway - computed: false, optional: true, required: false
  private _gateway?: ComplianceProviderGateway; 
  public get gateway() {
    return this._gateway;
  }
  public set gateway(value: ComplianceProviderGateway | undefined) {
    this._gateway = value;
  }
  public resetGateway() {
    this._gateway = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get gatewayInput() {
    return this._gateway;
  }

  // proxy - computed: false, optional: true, required: false
  private _proxy?: ComplianceProviderProxy; 
  public get proxy() {
    return this._proxy;
  }
  public set proxy(value: ComplianceProviderProxy | undefined) {
    this._proxy = value;
  }
  public resetProxy() {
    this._proxy = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get proxyInput() {
    return this._proxy;
  }

  // =========
  // SYNTHESIS
  // =========

  protected override synthesizeAttributes(): { [name: string]: any } {
    return {
      access_token: cdktf.stringToTerraform(this._accessToken),
      all_holds_adopted: cdktf.booleanToTerraform(this._allHoldsAdopted),
      approvals_required: cdktf.numberToTerraform(this._approvalsRequired),
      aws_region: cdktf.stringToTerraform(this._awsRegion),
      external_reference_id_pattern: cdktf.stringToTerraform(this._externalReferenceIdPattern),
      hold_api: cdktf.stringToTerraform(this._holdApi),
      oauthclient_id: cdktf.stringToTerraform(this._oauthclientId),
      oauthclient_secret: cdktf.stringToTerraform(this._oauthclientSecret),
      register: cdktf.stringToTerraform(this._register),
      release_approvers: cdktf.listMapper(cdktf.stringToTerraform, false)(this._releaseApprovers),
      requests_per_minute: cdktf.numberToTerraform(this._requestsPerMinute),
      retry_timeout: cdktf.stringToTerraform(this._retryTimeout),
      show_matters: cdktf.booleanToTerraform(this._showMatters),
      alias: cdktf.stringToTerraform(this._alias),
      gateway: complianceProviderGatewayToTerraform(this._gateway),
      proxy: complianceProviderProxyToTerraform(this._proxy),
    };
  }

  protected override synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      access_token: {
        value: cdktf.stringToHclTerraform(this._accessToken),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      all_holds_adopted: {
        value: cdktf.booleanToHclTerraform(this._allHoldsAdopted),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      approvals_required: {
        value: cdktf.numberToHclTerraform(this._approvalsRequired),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      aws_region: {
        value: cdktf.stringToHclTerraform(this._awsRegion),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      external_reference_id_pattern: {
        value: cdktf.stringToHclTerraform(this._externalReferenceIdPattern),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      hold_api: {
        value: cdktf.stringToHclTerraform(this._holdApi),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      oauthclient_id: {
        value: cdktf.stringToHclTerraform(this._oauthclientId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      oauthclient_secret: {
        value: cdktf.stringToHclTerraform(this._oauthclientSecret),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      register: {
        value: cdktf.stringToHclTerraform(this._register),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      release_approvers: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._releaseApprovers),
        isBlock: false,
        type: "list",
        storageClassType: "stringList",
      },
      requests_per_minute: {
        value: cdktf.numberToHclTerraform(this._requestsPerMinute),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      retry_timeout: {
        value: cdktf.stringToHclTerraform(this._retryTimeout),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      show_matters: {
        value: cdktf.booleanToHclTerraform(this._showMatters),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      alias: {
        value: cdktf.stringToHclTerraform(this._alias),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      gateway: {
        value: complianceProviderGatewayToHclTerraform(this._gateway),
        isBlock: true,
        type: "struct",
        storageClassType: "ComplianceProviderGateway",
      },
      proxy: {
        value: complianceProviderProxyToHclTerraform(this._proxy),
        isBlock: true,
        type: "struct",
        storageClassType: "ComplianceProviderProxy",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
