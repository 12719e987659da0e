// Generated from the schema of the provider by "npm run bindings". Do not edit.
import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface GenesyscloudRecordingExportJobConfig extends cdktf.TerraformMetaArguments {
  /**
  * Accepts exactly the gaps with this digest: they no longer plan an update and are not red in `drift`, but stay visible. One more gap changes the digest, and all are red again.
  */
  readonly acceptedGaps?: GenesyscloudRecordingExportJobAcceptedGaps;
  /**
  * Export each recording this many days after its creation, a whole number. Not together with `action_date`.
  */
  readonly actionAge?: number;
  /**
  * Instant at which Genesys Cloud exports, ISO-8601 with a time zone. Left out (and without `action_age`): at once. A later date makes the apply wait for it, unless `wait_for` is `fulfilled`. Not together with `action_age`.
  */
  readonly actionDate?: string;
  /**
  * Only conversations from this address, as Genesys Cloud records it: a number like `+13175550100`, or an e-mail address.
  */
  readonly addressFrom?: string;
  /**
  * Only conversations to this address, as Genesys Cloud records it: for one SMS number of your own, e.g. `+13175550100`.
  */
  readonly addressTo?: string;
  /**
  * Length of a batch as an ISO-8601 duration, e.g. `P1D`, `P7D` or `PT12H`: the interval is split into pieces of that length (the last may be shorter), one recording job each. Left out: one batch. An open interval needs it. Short batches keep the query of each job small; a change affects only batches that have no job yet, or whose job failed. Only with `interval`.
  */
  readonly batchInterval?: string;
  /**
  * Which conversations to export, by id (UUIDs, at least one). More of them are exported beside the others; removed ones stay exported and counted. Exactly one of `interval` and `conversation_ids` is given.
  */
  readonly conversationIds?: string[];
  /**
  * Where the integration writes. When given, a recording counts as exported as soon as its object is in the bucket, which is proven by listing the bucket with the AWS credentials of the environment (they need `s3:ListBucket`). Each refresh of the finished export then looks whether the files are still there, up to 10,000 of them. Left out: `exportedDate` at Genesys Cloud decides.
  */
  readonly destination?: GenesyscloudRecordingExportJobDestination;
  /**
  * Only conversations that carry this external tag.
  */
  readonly externalTag?: string;
  /**
  * Have the export engine resolve metadata while it moves the data. Default: `false`, and it must stay so for digital channels (message, chat, email, or no media filter at all), where it makes the export fail with HTTP 500. Voice may set it to `true`. It is sent only to an organization with the compliance API; the public API has no such setting and writes a metadata file beside every recording anyway.
  */
  readonly includeMetadata?: boolean | cdktf.IResolvable;
  /**
  * Export recordings that hold sensitive data too. Default: `false`. With redaction switched on, `true` needs the permission `recording:recording:viewSensitiveData`.
  */
  readonly includeRecordingsWithSensitiveData?: boolean | cdktf.IResolvable;
  /**
  * Export screen recordings too. Default: `false`.
  */
  readonly includeScreenRecordings?: boolean | cdktf.IResolvable;
  /**
  * Id of the AWS S3 recording bulk actions integration that writes the files. It must exist and be active; this is checked when planning.
  */
  readonly integrationId: string;
  /**
  * Which conversations to export, by time: ISO-8601 `start/end` with a time zone, e.g. `2026-01-01T00:00:00Z/2026-02-01T00:00:00Z`; the end is exclusive. `start/..` means "from then on" and needs `batch_interval`: each apply exports the whole steps that have ended since, and nothing twice. A changed interval exports what no batch has covered yet; what falls out of it stays exported and counted. Exactly one of `interval` and `conversation_ids` is given. New conversations can take up to 48 hours until Genesys Cloud finds them.
  */
  readonly interval?: string;
  /**
  * Only conversations with one of these media types: `callback`, `chat`, `cobrowse`, `email`, `message`, `screenshare`, `voice`. SMS is `["message"]` with `message_types = ["sms"]`. Left out: all media.
  */
  readonly mediaTypes?: string[];
  /**
  * Only messages of these types: `sms`, `whatsapp`, `facebook`, `line`, `open`, `webmessaging`, … Left out: all types.
  */
  readonly messageTypes?: string[];
  /**
  * What becomes of the export when single recordings cannot be exported. `continue` (default): it finishes as `incomplete` with a warning, names them, and what depends on it continues; a hold covers their conversations too. `error`: it fails. A job that fails as a whole is an error either way, unless the export was finished before.
  */
  readonly onFailedRecordings?: string;
  /**
  * What an apply waits for. `exported` (default): every recording in scope is exported. `fulfilled`: Genesys Cloud has accepted the work and written the export dates; a legal hold on such an export is refused until its recordings are exported.
  */
  readonly waitFor?: string;
  /**
  * timeouts block
  */
  readonly timeouts?: GenesyscloudRecordingExportJobTimeouts;
}
export interface GenesyscloudRecordingExportJobAcceptedGaps {
  /**
  * Why these gaps are accepted, for the record.
  */
  readonly reason: string;
  /**
  * The digest `gaps_sha256` that `genesyscloud-compliance status` prints.
  */
  readonly sha256: string;
}

export function genesyscloudRecordingExportJobAcceptedGapsToTerraform(struct?: GenesyscloudRecordingExportJobAcceptedGaps | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    reason: cdktf.stringToTerraform(struct!.reason),
    sha256: cdktf.stringToTerraform(struct!.sha256),
  }
}

export function genesyscloudRecordingExportJobAcceptedGapsToHclTerraform(struct?: GenesyscloudRecordingExportJobAcceptedGaps | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    reason: {
      value: cdktf.stringToHclTerraform(struct!.reason),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    sha256: {
      value: cdktf.stringToHclTerraform(struct!.sha256),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class GenesyscloudRecordingExportJobAcceptedGapsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): GenesyscloudRecordingExportJobAcceptedGaps | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._reason !== undefined) {
      hasAnyValues = true;
      internalValueResult.reason = this._reason;
    }
    if (this._sha256 !== undefined) {
      hasAnyValues = true;
      internalValueResult.sha256 = this._sha256;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudRecordingExportJobAcceptedGaps | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._reason = undefined;
      this._sha256 = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._reason = value.reason;
      this._sha256 = value.sha256;
    }
  }

  // reason - computed: false, optional: false, required: true
  private _reason?: string; 
  public get reason() {
    return this.getStringAttribute('reason');
  }
  public set reason(value: string) {
    this._reason = value;
  }
  // Temporarily expose input value. Use with caution.
  public get reasonInput() {
    return this._reason;
  }

  // sha256 - computed: false, optional: false, required: true
  private _sha256?: string; 
  public get sha256() {
    return this.getStringAttribute('sha256');
  }
  public set sha256(value: string) {
    this._sha256 = value;
  }
  // Temporarily expose input value. Use with caution.
  public get sha256Input() {
    return this._sha256;
  }
}
export interface GenesyscloudRecordingExportJobBatches {
}

export function genesyscloudRecordingExportJobBatchesToTerraform(struct?: GenesyscloudRecordingExportJobBatches): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}

export function genesyscloudRecordingExportJobBatchesToHclTerraform(struct?: GenesyscloudRecordingExportJobBatches): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class GenesyscloudRecordingExportJobBatchesOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectIndex the index of this item in the list
  * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  public get internalValue(): GenesyscloudRecordingExportJobBatches | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudRecordingExportJobBatches | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // conversation_count - computed: true, optional: false, required: false
  public get conversationCount() {
    return this.getNumberAttribute('conversation_count');
  }

  // error - computed: true, optional: false, required: false
  public get error() {
    return this.getStringAttribute('error');
  }

  // failed_recording_count - computed: true, optional: false, required: false
  public get failedRecordingCount() {
    return this.getNumberAttribute('failed_recording_count');
  }

  // interval - computed: true, optional: false, required: false
  public get interval() {
    return this.getStringAttribute('interval');
  }

  // job_id - computed: true, optional: false, required: false
  public get jobId() {
    return this.getStringAttribute('job_id');
  }

  // recording_count - computed: true, optional: false, required: false
  public get recordingCount() {
    return this.getNumberAttribute('recording_count');
  }

  // state - computed: true, optional: false, required: false
  public get state() {
    return this.getStringAttribute('state');
  }
}

export class GenesyscloudRecordingExportJobBatchesList extends cdktf.ComplexList {

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param wrapsSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  constructor(protected override terraformResource: cdktf.IInterpolatingParent, protected override terraformAttribute: string, protected override wrapsSet: boolean) {
    super(terraformResource, terraformAttribute, wrapsSet)
  }

  /**
  * @param index the index of the item to return
  */
  public get(index: number): GenesyscloudRecordingExportJobBatchesOutputReference {
    return new GenesyscloudRecordingExportJobBatchesOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface GenesyscloudRecordingExportJobDestination {
  /**
  * Name of the S3 bucket that the integration writes to.
  */
  readonly bucket: string;
  /**
  * URL of an S3-compatible service, instead of AWS. Left out: AWS.
  */
  readonly endpoint?: string;
  /**
  * Prefix before the organization id in the keys of the bucket. Left out: none.
  */
  readonly prefix?: string;
  /**
  * AWS region of the bucket. Left out: that of the AWS environment (`AWS_REGION`).
  */
  readonly region?: string;
}

export function genesyscloudRecordingExportJobDestinationToTerraform(struct?: GenesyscloudRecordingExportJobDestination | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    bucket: cdktf.stringToTerraform(struct!.bucket),
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
    prefix: cdktf.stringToTerraform(struct!.prefix),
    region: cdktf.stringToTerraform(struct!.region),
  }
}

export function genesyscloudRecordingExportJobDestinationToHclTerraform(struct?: GenesyscloudRecordingExportJobDestination | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    bucket: {
      value: cdktf.stringToHclTerraform(struct!.bucket),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    endpoint: {
      value: cdktf.stringToHclTerraform(struct!.endpoint),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    prefix: {
      value: cdktf.stringToHclTerraform(struct!.prefix),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    region: {
      value: cdktf.stringToHclTerraform(struct!.region),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class GenesyscloudRecordingExportJobDestinationOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): GenesyscloudRecordingExportJobDestination | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._bucket !== undefined) {
      hasAnyValues = true;
      internalValueResult.bucket = this._bucket;
    }
    if (this._endpoint !== undefined) {
      hasAnyValues = true;
      internalValueResult.endpoint = this._endpoint;
    }
    if (this._prefix !== undefined) {
      hasAnyValues = true;
      internalValueResult.prefix = this._prefix;
    }
    if (this._region !== undefined) {
      hasAnyValues = true;
      internalValueResult.region = this._region;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudRecordingExportJobDestination | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._bucket = undefined;
      this._endpoint = undefined;
      this._prefix = undefined;
      this._region = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._bucket = value.bucket;
      this._endpoint = value.endpoint;
      this._prefix = value.prefix;
      this._region = value.region;
    }
  }

  // bucket - computed: false, optional: false, required: true
  private _bucket?: string; 
  public get bucket() {
    return this.getStringAttribute('bucket');
  }
  public set bucket(value: string) {
    this._bucket = value;
  }
  // Temporarily expose input value. Use with caution.
  public get bucketInput() {
    return this._bucket;
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this.getStringAttribute('endpoint');
  }
  public set endpoint(value: string) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // prefix - computed: false, optional: true, required: false
  private _prefix?: string; 
  public get prefix() {
    return this.getStringAttribute('prefix');
  }
  public set prefix(value: string) {
    this._prefix = value;
  }
  public resetPrefix() {
    this._prefix = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get prefixInput() {
    return this._prefix;
  }

  // region - computed: false, optional: true, required: false
  private _region?: string; 
  public get region() {
    return this.getStringAttribute('region');
  }
  public set region(value: string) {
    this._region = value;
  }
  public resetRegion() {
    this._region = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get regionInput() {
    return this._region;
  }
}
export interface GenesyscloudRecordingExportJobFailedRecordings {
}

export function genesyscloudRecordingExportJobFailedRecordingsToTerraform(struct?: GenesyscloudRecordingExportJobFailedRecordings): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}

export function genesyscloudRecordingExportJobFailedRecordingsToHclTerraform(struct?: GenesyscloudRecordingExportJobFailedRecordings): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class GenesyscloudRecordingExportJobFailedRecordingsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectIndex the index of this item in the list
  * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  public get internalValue(): GenesyscloudRecordingExportJobFailedRecordings | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudRecordingExportJobFailedRecordings | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // conversation_id - computed: true, optional: false, required: false
  public get conversationId() {
    return this.getStringAttribute('conversation_id');
  }

  // recording_id - computed: true, optional: false, required: false
  public get recordingId() {
    return this.getStringAttribute('recording_id');
  }
}

export class GenesyscloudRecordingExportJobFailedRecordingsList extends cdktf.ComplexList {

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param wrapsSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  constructor(protected override terraformResource: cdktf.IInterpolatingParent, protected override terraformAttribute: string, protected override wrapsSet: boolean) {
    super(terraformResource, terraformAttribute, wrapsSet)
  }

  /**
  * @param index the index of the item to return
  */
  public get(index: number): GenesyscloudRecordingExportJobFailedRecordingsOutputReference {
    return new GenesyscloudRecordingExportJobFailedRecordingsOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface GenesyscloudRecordingExportJobGaps {
}

export function genesyscloudRecordingExportJobGapsToTerraform(struct?: GenesyscloudRecordingExportJobGaps): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}

export function genesyscloudRecordingExportJobGapsToHclTerraform(struct?: GenesyscloudRecordingExportJobGaps): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class GenesyscloudRecordingExportJobGapsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectIndex the index of this item in the list
  * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  public get internalValue(): GenesyscloudRecordingExportJobGaps | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudRecordingExportJobGaps | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // detail - computed: true, optional: false, required: false
  public get detail() {
    return this.getStringAttribute('detail');
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // kind - computed: true, optional: false, required: false
  public get kind() {
    return this.getStringAttribute('kind');
  }
}

export class GenesyscloudRecordingExportJobGapsList extends cdktf.ComplexList {

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param wrapsSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  constructor(protected override terraformResource: cdktf.IInterpolatingParent, protected override terraformAttribute: string, protected override wrapsSet: boolean) {
    super(terraformResource, terraformAttribute, wrapsSet)
  }

  /**
  * @param index the index of the item to return
  */
  public get(index: number): GenesyscloudRecordingExportJobGapsOutputReference {
    return new GenesyscloudRecordingExportJobGapsOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface GenesyscloudRecordingExportJobTimeouts {
  /**
  * How long creating may take, as a duration such as `90m`, `2h30m` or `PT90M`. Default: `24h`.
  */
  readonly create?: string;
  /**
  * How long deleting may take, as a duration such as `90m`, `2h30m` or `PT90M`. Default: `10m`.
  */
  readonly delete?: string;
  /**
  * How long reading may take, as a duration such as `90m`, `2h30m` or `PT90M`. Default: `10m`.
  */
  readonly read?: string;
  /**
  * How long updating may take, as a duration such as `90m`, `2h30m` or `PT90M`. Default: `24h`.
  */
  readonly update?: string;
}

export function genesyscloudRecordingExportJobTimeoutsToTerraform(struct?: GenesyscloudRecordingExportJobTimeouts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    create: cdktf.stringToTerraform(struct!.create),
    delete: cdktf.stringToTerraform(struct!.delete),
    read: cdktf.stringToTerraform(struct!.read),
    update: cdktf.stringToTerraform(struct!.update),
  }
}

export function genesyscloudRecordingExportJobTimeoutsToHclTerraform(struct?: GenesyscloudRecordingExportJobTimeouts | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    create: {
      value: cdktf.stringToHclTerraform(struct!.create),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    delete: {
      value: cdktf.stringToHclTerraform(struct!.delete),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    read: {
      value: cdktf.stringToHclTerraform(struct!.read),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    update: {
      value: cdktf.stringToHclTerraform(struct!.update),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class GenesyscloudRecordingExportJobTimeoutsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): GenesyscloudRecordingExportJobTimeouts | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._create !== undefined) {
      hasAnyValues = true;
      internalValueResult.create = this._create;
    }
    if (this._delete !== undefined) {
      hasAnyValues = true;
      internalValueResult.delete = this._delete;
    }
    if (this._read !== undefined) {
      hasAnyValues = true;
      internalValueResult.read = this._read;
    }
    if (this._update !== undefined) {
      hasAnyValues = true;
      internalValueResult.update = this._update;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudRecordingExportJobTimeouts | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._create = undefined;
      this._delete = undefined;
      this._read = undefined;
      this._update = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._create = value.create;
      this._delete = value.delete;
      this._read = value.read;
      this._update = value.update;
    }
  }

  // create - computed: false, optional: true, required: false
  private _create?: string; 
  public get create() {
    return this.getStringAttribute('create');
  }
  public set create(value: string) {
    this._create = value;
  }
  public resetCreate() {
    this._create = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get createInput() {
    return this._create;
  }

  // delete - computed: false, optional: true, required: false
  private _delete?: string; 
  public get delete() {
    return this.getStringAttribute('delete');
  }
  public set delete(value: string) {
    this._delete = value;
  }
  public resetDelete() {
    this._delete = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get deleteInput() {
    return this._delete;
  }

  // read - computed: false, optional: true, required: false
  private _read?: string; 
  public get read() {
    return this.getStringAttribute('read');
  }
  public set read(value: string) {
    this._read = value;
  }
  public resetRead() {
    this._read = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get readInput() {
    return this._read;
  }

  // update - computed: false, optional: true, required: false
  private _update?: string; 
  public get update() {
    return this.getStringAttribute('update');
  }
  public set update(value: string) {
    this._update = value;
  }
  public resetUpdate() {
    this._update = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get updateInput() {
    return this._update;
  }
}

/**
* Represents a `genesyscloud_recording_export_job`
*/
export class GenesyscloudRecordingExportJob extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "genesyscloud_recording_export_job";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a GenesyscloudRecordingExportJob resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the GenesyscloudRecordingExportJob to import
  * @param importFromId The id of the existing GenesyscloudRecordingExportJob that should be imported. Refer to the `import section` in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the GenesyscloudRecordingExportJob to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "genesyscloud_recording_export_job", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new `genesyscloud_recording_export_job` Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options GenesyscloudRecordingExportJobConfig
  */
  public constructor(scope: Construct, id: string, config: GenesyscloudRecordingExportJobConfig) {
    super(scope, id, {
      terraformResourceType: 'genesyscloud_recording_export_job',
      terraformGeneratorMetadata: {
        providerName: 'compliance',
        providerVersion: '~> 0.1'
      },
      provider: config.provider,
      dependsOn: config.dependsOn,
      count: config.count,
      lifecycle: config.lifecycle,
      provisioners: config.provisioners,
      connection: config.connection,
      forEach: config.forEach
    });
    this._acceptedGaps.internalValue = config.acceptedGaps;
    this._actionAge = config.actionAge;
    this._actionDate = config.actionDate;
    this._addressFrom = config.addressFrom;
    this._addressTo = config.addressTo;
    this._batchInterval = config.batchInterval;
    this._conversationIds = config.conversationIds;
    this._destination.internalValue = config.destination;
    this._externalTag = config.externalTag;
    this._includeMetadata = config.includeMetadata;
    this._includeRecordingsWithSensitiveData = config.includeRecordingsWithSensitiveData;
    this._includeScreenRecordings = config.includeScreenRecordings;
    this._integrationId = config.integrationId;
    this._interval = config.interval;
    this._mediaTypes = config.mediaTypes;
    this._messageTypes = config.messageTypes;
    this._onFailedRecordings = config.onFailedRecordings;
    this._waitFor = config.waitFor;
    this._timeouts.internalValue = config.timeouts;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // accepted_gaps - computed: false, optional: true, required: false
  private _acceptedGaps = new GenesyscloudRecordingExportJobAcceptedGapsOutputReference(this, "accepted_gaps");
  public get acceptedGaps() {
    return this._acceptedGaps;
  }
  public putAcceptedGaps(value: GenesyscloudRecordingExportJobAcceptedGaps) {
    this._acceptedGaps.internalValue = value;
  }
  public resetAcceptedGaps() {
    this._acceptedGaps.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get acceptedGapsInput() {
    return this._acceptedGaps.internalValue;
  }

  // action_age - computed: false, optional: true, required: false
  private _actionAge?: number; 
  public get actionAge() {
    return this.getNumberAttribute('action_age');
  }
  public set actionAge(value: number) {
    this._actionAge = value;
  }
  public resetActionAge() {
    this._actionAge = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get actionAgeInput() {
    return this._actionAge;
  }

  // action_date - computed: false, optional: true, required: false
  private _actionDate?: string; 
  public get actionDate() {
    return this.getStringAttribute('action_date');
  }
  public set actionDate(value: string) {
    this._actionDate = value;
  }
  public resetActionDate() {
    this._actionDate = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get actionDateInput() {
    return this._actionDate;
  }

  // address_from - computed: false, optional: true, required: false
  private _addressFrom?: string; 
  public get addressFrom() {
    return this.getStringAttribute('address_from');
  }
  public set addressFrom(value: string) {
    this._addressFrom = value;
  }
  public resetAddressFrom() {
    this._addressFrom = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get addressFromInput() {
    return this._addressFrom;
  }

  // address_to - computed: false, optional: true, required: false
  private _addressTo?: string; 
  public get addressTo() {
    return this.getStringAttribute('address_to');
  }
  public set addressTo(value: string) {
    this._addressTo = value;
  }
  public resetAddressTo() {
    this._addressTo = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get addressToInput() {
    return this._addressTo;
  }

  // batch_count - computed: true, optional: false, required: false
  public get batchCount() {
    return this.getNumberAttribute('batch_count');
  }

  // batch_interval - computed: false, optional: true, required: false
  private _batchInterval?: string; 
  public get batchInterval() {
    return this.getStringAttribute('batch_interval');
  }
  public set batchInterval(value: string) {
    this._batchInterval = value;
  }
  public resetBatchInterval() {
    this._batchInterval = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get batchIntervalInput() {
    return this._batchInterval;
  }

  // batches - computed: true, optional: false, required: false
  private _batches = new GenesyscloudRecordingExportJobBatchesList(this, "batches", false);
  public get batches() {
    return this._batches;
  }

  // completed_at - computed: true, optional: false, required: false
  public get completedAt() {
    return this.getStringAttribute('completed_at');
  }

  // conversation_count - computed: true, optional: false, required: false
  public get conversationCount() {
    return this.getNumberAttribute('conversation_count');
  }

  // conversation_ids - computed: false, optional: true, required: false
  private _conversationIds?: string[]; 
  public get conversationIds() {
    return cdktf.Fn.tolist(this.getListAttribute('conversation_ids'));
  }
  public set conversationIds(value: string[]) {
    this._conversationIds = value;
  }
  public resetConversationIds() {
    this._conversationIds = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get conversationIdsInput() {
    return this._conversationIds;
  }

  // conversation_ids_sha256 - computed: true, optional: false, required: false
  public get conversationIdsSha256() {
    return this.getStringAttribute('conversation_ids_sha256');
  }

  // destination - computed: false, optional: true, required: false
  private _destination = new GenesyscloudRecordingExportJobDestinationOutputReference(this, "destination");
  public get destination() {
    return this._destination;
  }
  public putDestination(value: GenesyscloudRecordingExportJobDestination) {
    this._destination.internalValue = value;
  }
  public resetDestination() {
    this._destination.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get destinationInput() {
    return this._destination.internalValue;
  }

  // external_tag - computed: false, optional: true, required: false
  private _externalTag?: string; 
  public get externalTag() {
    return this.getStringAttribute('external_tag');
  }
  public set externalTag(value: string) {
    this._externalTag = value;
  }
  public resetExternalTag() {
    this._externalTag = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get externalTagInput() {
    return this._externalTag;
  }

  // failed_recording_count - computed: true, optional: false, required: false
  public get failedRecordingCount() {
    return this.getNumberAttribute('failed_recording_count');
  }

  // failed_recordings - computed: true, optional: false, required: false
  private _failedRecordings = new GenesyscloudRecordingExportJobFailedRecordingsList(this, "failed_recordings", false);
  public get failedRecordings() {
    return this._failedRecordings;
  }

  // gap_count - computed: true, optional: false, required: false
  public get gapCount() {
    return this.getNumberAttribute('gap_count');
  }

  // gaps - computed: true, optional: false, required: false
  private _gaps = new GenesyscloudRecordingExportJobGapsList(this, "gaps", false);
  public get gaps() {
    return this._gaps;
  }

  // gaps_sha256 - computed: true, optional: false, required: false
  public get gapsSha256() {
    return this.getStringAttribute('gaps_sha256');
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // include_metadata - computed: true, optional: true, required: false
  private _includeMetadata?: boolean | cdktf.IResolvable; 
  public get includeMetadata() {
    return this.getBooleanAttribute('include_metadata');
  }
  public set includeMetadata(value: boolean | cdktf.IResolvable) {
    this._includeMetadata = value;
  }
  public resetIncludeMetadata() {
    this._includeMetadata = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get includeMetadataInput() {
    return this._includeMetadata;
  }

  // include_recordings_with_sensitive_data - computed: true, optional: true, required: false
  private _includeRecordingsWithSensitiveData?: boolean | cdktf.IResolvable; 
  public get includeRecordingsWithSensitiveData() {
    return this.getBooleanAttribute('include_recordings_with_sensitive_data');
  }
  public set includeRecordingsWithSensitiveData(value: boolean | cdktf.IResolvable) {
    this._includeRecordingsWithSensitiveData = value;
  }
  public resetIncludeRecordingsWithSensitiveData() {
    this._includeRecordingsWithSensitiveData = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get includeRecordingsWithSensitiveDataInput() {
    return this._includeRecordingsWithSensitiveData;
  }

  // include_screen_recordings - computed: true, optional: true, required: false
  private _includeScreenRecordings?: boolean | cdktf.IResolvable; 
  public get includeScreenRecordings() {
    return this.getBooleanAttribute('include_screen_recordings');
  }
  public set includeScreenRecordings(value: boolean | cdktf.IResolvable) {
    this._includeScreenRecordings = value;
  }
  public resetIncludeScreenRecordings() {
    this._includeScreenRecordings = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get includeScreenRecordingsInput() {
    return this._includeScreenRecordings;
  }

  // integration_id - computed: false, optional: false, required: true
  private _integrationId?: string; 
  public get integrationId() {
    return this.getStringAttribute('integration_id');
  }
  public set integrationId(value: string) {
    this._integrationId = value;
  }
  // Temporarily expose input value. Use with caution.
  public get integrationIdInput() {
    return this._integrationId;
  }

  // interval - computed: false, optional: true, required: false
  private _interval?: string; 
  public get interval() {
    return this.getStringAttribute('interval');
  }
  public set interval(value: string) {
    this._interval = value;
  }
  public resetInterval() {
    this._interval = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get intervalInput() {
    return this._interval;
  }

  // late_count - computed: true, optional: false, required: false
  public get lateCount() {
    return this.getNumberAttribute('late_count');
  }

  // lost_count - computed: true, optional: false, required: false
  public get lostCount() {
    return this.getNumberAttribute('lost_count');
  }

  // media_types - computed: false, optional: true, required: false
  private _mediaTypes?: string[]; 
  public get mediaTypes() {
    return cdktf.Fn.tolist(this.getListAttribute('media_types'));
  }
  public set mediaTypes(value: string[]) {
    this._mediaTypes = value;
  }
  public resetMediaTypes() {
    this._mediaTypes = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get mediaTypesInput() {
    return this._mediaTypes;
  }

  // message_types - computed: false, optional: true, required: false
  private _messageTypes?: string[]; 
  public get messageTypes() {
    return cdktf.Fn.tolist(this.getListAttribute('message_types'));
  }
  public set messageTypes(value: string[]) {
    this._messageTypes = value;
  }
  public resetMessageTypes() {
    this._messageTypes = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get messageTypesInput() {
    return this._messageTypes;
  }

  // on_failed_recordings - computed: true, optional: true, required: false
  private _onFailedRecordings?: string; 
  public get onFailedRecordings() {
    return this.getStringAttribute('on_failed_recordings');
  }
  public set onFailedRecordings(value: string) {
    this._onFailedRecordings = value;
  }
  public resetOnFailedRecordings() {
    this._onFailedRecordings = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get onFailedRecordingsInput() {
    return this._onFailedRecordings;
  }

  // organization_id - computed: true, optional: false, required: false
  public get organizationId() {
    return this.getStringAttribute('organization_id');
  }

  // recording_count - computed: true, optional: false, required: false
  public get recordingCount() {
    return this.getNumberAttribute('recording_count');
  }

  // reexported_count - computed: true, optional: false, required: false
  public get reexportedCount() {
    return this.getNumberAttribute('reexported_count');
  }

  // state - computed: true, optional: false, required: false
  public get state() {
    return this.getStringAttribute('state');
  }

  // unknown - computed: true, optional: false, required: false
  public get unknown() {
    return this.getListAttribute('unknown');
  }

  // wait_for - computed: true, optional: true, required: false
  private _waitFor?: string; 
  public get waitFor() {
    return this.getStringAttribute('wait_for');
  }
  public set waitFor(value: string) {
    this._waitFor = value;
  }
  public resetWaitFor() {
    this._waitFor = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get waitForInput() {
    return this._waitFor;
  }

  // timeouts - computed: false, optional: true, required: false
  private _timeouts = new GenesyscloudRecordingExportJobTimeoutsOutputReference(this, "timeouts");
  public get timeouts() {
    return this._timeouts;
  }
  public putTimeouts(value: GenesyscloudRecordingExportJobTimeouts) {
    this._timeouts.internalValue = value;
  }
  public resetTimeouts() {
    this._timeouts.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get timeoutsInput() {
    return this._timeouts.internalValue;
  }

  // =========
  // SYNTHESIS
  // =========

  /** Says `provider = compliance`: Terraform would look for a provider named after the type's prefix. */
  public override get terraformMetaArguments() {
    const given = super.terraformMetaArguments;
    return given.provider === undefined ? { ...given, provider: 'compliance' } : given;
  }

  protected override synthesizeAttributes(): { [name: string]: any } {
    return {
      accepted_gaps: genesyscloudRecordingExportJobAcceptedGapsToTerraform(this._acceptedGaps.internalValue),
      action_age: cdktf.numberToTerraform(this._actionAge),
      action_date: cdktf.stringToTerraform(this._actionDate),
      address_from: cdktf.stringToTerraform(this._addressFrom),
      address_to: cdktf.stringToTerraform(this._addressTo),
      batch_interval: cdktf.stringToTerraform(this._batchInterval),
      conversation_ids: cdktf.listMapper(cdktf.stringToTerraform, false)(this._conversationIds),
      destination: genesyscloudRecordingExportJobDestinationToTerraform(this._destination.internalValue),
      external_tag: cdktf.stringToTerraform(this._externalTag),
      include_metadata: cdktf.booleanToTerraform(this._includeMetadata),
      include_recordings_with_sensitive_data: cdktf.booleanToTerraform(this._includeRecordingsWithSensitiveData),
      include_screen_recordings: cdktf.booleanToTerraform(this._includeScreenRecordings),
      integration_id: cdktf.stringToTerraform(this._integrationId),
      interval: cdktf.stringToTerraform(this._interval),
      media_types: cdktf.listMapper(cdktf.stringToTerraform, false)(this._mediaTypes),
      message_types: cdktf.listMapper(cdktf.stringToTerraform, false)(this._messageTypes),
      on_failed_recordings: cdktf.stringToTerraform(this._onFailedRecordings),
      wait_for: cdktf.stringToTerraform(this._waitFor),
      timeouts: genesyscloudRecordingExportJobTimeoutsToTerraform(this._timeouts.internalValue),
    };
  }

  protected override synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      accepted_gaps: {
        value: genesyscloudRecordingExportJobAcceptedGapsToHclTerraform(this._acceptedGaps.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "GenesyscloudRecordingExportJobAcceptedGaps",
      },
      action_age: {
        value: cdktf.numberToHclTerraform(this._actionAge),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      action_date: {
        value: cdktf.stringToHclTerraform(this._actionDate),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      address_from: {
        value: cdktf.stringToHclTerraform(this._addressFrom),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      address_to: {
        value: cdktf.stringToHclTerraform(this._addressTo),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      batch_interval: {
        value: cdktf.stringToHclTerraform(this._batchInterval),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      conversation_ids: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._conversationIds),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      destination: {
        value: genesyscloudRecordingExportJobDestinationToHclTerraform(this._destination.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "GenesyscloudRecordingExportJobDestination",
      },
      external_tag: {
        value: cdktf.stringToHclTerraform(this._externalTag),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      include_metadata: {
        value: cdktf.booleanToHclTerraform(this._includeMetadata),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      include_recordings_with_sensitive_data: {
        value: cdktf.booleanToHclTerraform(this._includeRecordingsWithSensitiveData),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      include_screen_recordings: {
        value: cdktf.booleanToHclTerraform(this._includeScreenRecordings),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      integration_id: {
        value: cdktf.stringToHclTerraform(this._integrationId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      interval: {
        value: cdktf.stringToHclTerraform(this._interval),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      media_types: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._mediaTypes),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      message_types: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._messageTypes),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      on_failed_recordings: {
        value: cdktf.stringToHclTerraform(this._onFailedRecordings),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      wait_for: {
        value: cdktf.stringToHclTerraform(this._waitFor),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      timeouts: {
        value: genesyscloudRecordingExportJobTimeoutsToHclTerraform(this._timeouts.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "GenesyscloudRecordingExportJobTimeouts",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
