// Generated from the schema of the provider by "npm run bindings". Do not edit.
import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface GenesyscloudComplianceLegalholdConfig extends cdktf.TerraformMetaArguments {
  /**
  * Accepts exactly the gaps with this digest: they no longer plan an update and are not red in `drift`, but stay visible. One more gap changes the digest, and all are red again.
  */
  readonly acceptedGaps?: GenesyscloudComplianceLegalholdAcceptedGaps;
  /**
  * Hold these conversations (UUIDs, at least one). Exactly one of `export_job_id`, `conversation_ids`, `conversations_from` and `scope` is given. Conversations that are taken off the list stay held, unless `release_on_destroy` is true. More than 1,000 ids are a warning: see `conversations_from`.
  */
  readonly conversationIds?: string[];
  /**
  * Hold the conversations of a list in a file or an S3 object: UTF-8, one UUID a line. Empty lines and lines that begin with `#` are left out. For more than about 1,000 conversations: Terraform compares sets such as `conversation_ids` in quadratic time, and keeps them in plan and state. Another `sha256` is another scope; another place of the same list is not.
  */
  readonly conversationsFrom?: GenesyscloudComplianceLegalholdConversationsFrom;
  /**
  * Hold what this export covers: `id` of a `genesyscloud_recording_export_job`. Exactly one of `export_job_id`, `conversation_ids`, `conversations_from` and `scope` is given. When it changes, conversations that are new in scope are added.
  */
  readonly exportJobId?: string;
  /**
  * Reference of the matter in your case system, e.g. `MATTER-2026-0017`: a letter or digit, then up to 63 letters, digits and `. _ : -`, unless the provider says otherwise with `external_reference_id_pattern`. Sent to the compliance API, which cannot change it later; with deletion protection it is kept in state only.
  */
  readonly externalReferenceId?: string;
  /**
  * Which API holds: `compliance` or `deletion_protection`. Left out: as `hold_api` of the provider says when the hold is made. It stays what it was from then on; changing it is refused, since conversations held through one API cannot be taken over by the other.
  */
  readonly holdApi?: string;
  /**
  * Name of the hold, e.g. of the case. The compliance API shows it to administrators and cannot change it later; deletion protection knows no names, so there it is kept in state only.
  */
  readonly name: string;
  /**
  * Why the conversations are held, for the record. Sent to the compliance API, which cannot change it later; with deletion protection it is kept in state only.
  */
  readonly reason?: string;
  /**
  * Approvals of the release of this hold, which `genesyscloud-compliance approve` signs: the contents of its files (`[file("anna.json"), file("bo.json")]`), or their paths. Needed where `release_approvers` were pinned in the claim of the hold, and applied like `release_reason` before the release. Each is good for exactly this claim as it was when it was signed: when conversations or files are added, or the state is lost and the hold adopted again, approve again.
  */
  readonly releaseApprovals?: string[];
  /**
  * Consent to release. Default: `false`: destroying or replacing the hold is refused when planning. To release it, set this to `true`, give `release_reason`, apply, and then destroy. Conversations that other matters claim in the register, or that were protected before this hold came, stay held. While it is `true`, and was so before, conversations that fall out of scope are released too, and the plan says how many.
  */
  readonly releaseOnDestroy?: boolean | cdktf.IResolvable;
  /**
  * Why the hold may be released, for the record. Needed with `release_on_destroy = true`, and applied together with it before the release.
  */
  readonly releaseReason?: string;
  /**
  * Who asked for the hold, for the record. Kept in state only, and may be changed at any time.
  */
  readonly requestedBy?: string;
  /**
  * Hold what is in this scope at Genesys Cloud, without an export: *preserve first*. Such a hold waits for nothing. Exactly one of `export_job_id`, `conversation_ids`, `conversations_from` and `scope` is given. Conversations without recordings are not held, and looked at again. What comes late is found by a refresh and planned as an update.
  */
  readonly scope?: GenesyscloudComplianceLegalholdScope;
  /**
  * timeouts block
  */
  readonly timeouts?: GenesyscloudComplianceLegalholdTimeouts;
}
export interface GenesyscloudComplianceLegalholdAcceptedGaps {
  /**
  * Why these gaps are accepted, for the record.
  */
  readonly reason: string;
  /**
  * The digest `gaps_sha256` that `genesyscloud-compliance status` prints.
  */
  readonly sha256: string;
}

export function genesyscloudComplianceLegalholdAcceptedGapsToTerraform(struct?: GenesyscloudComplianceLegalholdAcceptedGaps | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    reason: cdktf.stringToTerraform(struct!.reason),
    sha256: cdktf.stringToTerraform(struct!.sha256),
  }
}

export function genesyscloudComplianceLegalholdAcceptedGapsToHclTerraform(struct?: GenesyscloudComplianceLegalholdAcceptedGaps | cdktf.IResolvable): any {
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

export class GenesyscloudComplianceLegalholdAcceptedGapsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): GenesyscloudComplianceLegalholdAcceptedGaps | cdktf.IResolvable | undefined {
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

  public set internalValue(value: GenesyscloudComplianceLegalholdAcceptedGaps | cdktf.IResolvable | undefined) {
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
export interface GenesyscloudComplianceLegalholdConversationsFromS3 {
  /**
  * Bucket of the list.
  */
  readonly bucket: string;
  /**
  * URL of an S3-compatible service, instead of AWS. Left out: AWS.
  */
  readonly endpoint?: string;
  /**
  * Key of the list.
  */
  readonly key: string;
  /**
  * AWS region of the bucket. Left out: that of the AWS environment (`AWS_REGION`).
  */
  readonly region?: string;
  /**
  * Version of the object. Left out: the newest.
  */
  readonly versionId?: string;
}

export function genesyscloudComplianceLegalholdConversationsFromS3ToTerraform(struct?: GenesyscloudComplianceLegalholdConversationsFromS3 | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    bucket: cdktf.stringToTerraform(struct!.bucket),
    endpoint: cdktf.stringToTerraform(struct!.endpoint),
    key: cdktf.stringToTerraform(struct!.key),
    region: cdktf.stringToTerraform(struct!.region),
    version_id: cdktf.stringToTerraform(struct!.versionId),
  }
}

export function genesyscloudComplianceLegalholdConversationsFromS3ToHclTerraform(struct?: GenesyscloudComplianceLegalholdConversationsFromS3 | cdktf.IResolvable): any {
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
    key: {
      value: cdktf.stringToHclTerraform(struct!.key),
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
    version_id: {
      value: cdktf.stringToHclTerraform(struct!.versionId),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class GenesyscloudComplianceLegalholdConversationsFromS3OutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): GenesyscloudComplianceLegalholdConversationsFromS3 | cdktf.IResolvable | undefined {
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
    if (this._key !== undefined) {
      hasAnyValues = true;
      internalValueResult.key = this._key;
    }
    if (this._region !== undefined) {
      hasAnyValues = true;
      internalValueResult.region = this._region;
    }
    if (this._versionId !== undefined) {
      hasAnyValues = true;
      internalValueResult.versionId = this._versionId;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudComplianceLegalholdConversationsFromS3 | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._bucket = undefined;
      this._endpoint = undefined;
      this._key = undefined;
      this._region = undefined;
      this._versionId = undefined;
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
      this._key = value.key;
      this._region = value.region;
      this._versionId = value.versionId;
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

  // key - computed: false, optional: false, required: true
  private _key?: string; 
  public get key() {
    return this.getStringAttribute('key');
  }
  public set key(value: string) {
    this._key = value;
  }
  // Temporarily expose input value. Use with caution.
  public get keyInput() {
    return this._key;
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

  // version_id - computed: false, optional: true, required: false
  private _versionId?: string; 
  public get versionId() {
    return this.getStringAttribute('version_id');
  }
  public set versionId(value: string) {
    this._versionId = value;
  }
  public resetVersionId() {
    this._versionId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get versionIdInput() {
    return this._versionId;
  }
}
export interface GenesyscloudComplianceLegalholdConversationsFrom {
  /**
  * Path of the list on the machine that plans and applies. Exactly one of `file` and `s3` is given. Relative paths start at the folder in which Terraform runs: write `"${path.module}/ids.txt"`.
  */
  readonly file?: string;
  /**
  * The list as an object in S3, read with the AWS credentials of the environment (they need `s3:GetObject`).
  */
  readonly s3?: GenesyscloudComplianceLegalholdConversationsFromS3;
  /**
  * SHA-256 of the list in hex, as `sha256sum ids.txt` prints it, or `filesha256("ids.txt")`. A list with another digest is refused, when planning and when applying. Write it as a literal where the list comes from somebody else.
  */
  readonly sha256: string;
}

export function genesyscloudComplianceLegalholdConversationsFromToTerraform(struct?: GenesyscloudComplianceLegalholdConversationsFrom | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    file: cdktf.stringToTerraform(struct!.file),
    s3: genesyscloudComplianceLegalholdConversationsFromS3ToTerraform(struct!.s3),
    sha256: cdktf.stringToTerraform(struct!.sha256),
  }
}

export function genesyscloudComplianceLegalholdConversationsFromToHclTerraform(struct?: GenesyscloudComplianceLegalholdConversationsFrom | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    file: {
      value: cdktf.stringToHclTerraform(struct!.file),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    s3: {
      value: genesyscloudComplianceLegalholdConversationsFromS3ToHclTerraform(struct!.s3),
      isBlock: true,
      type: "struct",
      storageClassType: "GenesyscloudComplianceLegalholdConversationsFromS3",
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

export class GenesyscloudComplianceLegalholdConversationsFromOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): GenesyscloudComplianceLegalholdConversationsFrom | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._file !== undefined) {
      hasAnyValues = true;
      internalValueResult.file = this._file;
    }
    if (this._s3?.internalValue !== undefined) {
      hasAnyValues = true;
      internalValueResult.s3 = this._s3?.internalValue;
    }
    if (this._sha256 !== undefined) {
      hasAnyValues = true;
      internalValueResult.sha256 = this._sha256;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudComplianceLegalholdConversationsFrom | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._file = undefined;
      this._s3.internalValue = undefined;
      this._sha256 = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._file = value.file;
      this._s3.internalValue = value.s3;
      this._sha256 = value.sha256;
    }
  }

  // file - computed: false, optional: true, required: false
  private _file?: string; 
  public get file() {
    return this.getStringAttribute('file');
  }
  public set file(value: string) {
    this._file = value;
  }
  public resetFile() {
    this._file = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get fileInput() {
    return this._file;
  }

  // s3 - computed: false, optional: true, required: false
  private _s3 = new GenesyscloudComplianceLegalholdConversationsFromS3OutputReference(this, "s3");
  public get s3() {
    return this._s3;
  }
  public putS3(value: GenesyscloudComplianceLegalholdConversationsFromS3) {
    this._s3.internalValue = value;
  }
  public resetS3() {
    this._s3.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get s3Input() {
    return this._s3.internalValue;
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
export interface GenesyscloudComplianceLegalholdFailures {
}

export function genesyscloudComplianceLegalholdFailuresToTerraform(struct?: GenesyscloudComplianceLegalholdFailures): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}

export function genesyscloudComplianceLegalholdFailuresToHclTerraform(struct?: GenesyscloudComplianceLegalholdFailures): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class GenesyscloudComplianceLegalholdFailuresOutputReference extends cdktf.ComplexObject {
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

  public get internalValue(): GenesyscloudComplianceLegalholdFailures | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudComplianceLegalholdFailures | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // code - computed: true, optional: false, required: false
  public get code() {
    return this.getStringAttribute('code');
  }

  // conversation_id - computed: true, optional: false, required: false
  public get conversationId() {
    return this.getStringAttribute('conversation_id');
  }

  // message - computed: true, optional: false, required: false
  public get message() {
    return this.getStringAttribute('message');
  }
}

export class GenesyscloudComplianceLegalholdFailuresList extends cdktf.ComplexList {

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
  public get(index: number): GenesyscloudComplianceLegalholdFailuresOutputReference {
    return new GenesyscloudComplianceLegalholdFailuresOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface GenesyscloudComplianceLegalholdGaps {
}

export function genesyscloudComplianceLegalholdGapsToTerraform(struct?: GenesyscloudComplianceLegalholdGaps): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}

export function genesyscloudComplianceLegalholdGapsToHclTerraform(struct?: GenesyscloudComplianceLegalholdGaps): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class GenesyscloudComplianceLegalholdGapsOutputReference extends cdktf.ComplexObject {
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

  public get internalValue(): GenesyscloudComplianceLegalholdGaps | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudComplianceLegalholdGaps | undefined) {
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

export class GenesyscloudComplianceLegalholdGapsList extends cdktf.ComplexList {

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
  public get(index: number): GenesyscloudComplianceLegalholdGapsOutputReference {
    return new GenesyscloudComplianceLegalholdGapsOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface GenesyscloudComplianceLegalholdScope {
  /**
  * Only conversations from this address, as Genesys Cloud records it: a number like `+13175550100`, or an e-mail address.
  */
  readonly addressFrom?: string;
  /**
  * Only conversations to this address, as Genesys Cloud records it: for one SMS number of your own, e.g. `+13175550100`.
  */
  readonly addressTo?: string;
  /**
  * Length of a step as an ISO-8601 duration, e.g. `P1D`. Needed where `interval` is open: a night after the other, one step each. With an end: the interval is asked for in pieces of that length, which keeps each query small.
  */
  readonly batchInterval?: string;
  /**
  * Only conversations that carry this external tag.
  */
  readonly externalTag?: string;
  /**
  * Which conversations to hold, by time: ISO-8601 `start/end` with a time zone, e.g. `2026-01-01T00:00:00Z/2026-02-01T00:00:00Z`; the end is exclusive. `start/..` means from then on: it needs `batch_interval`, and grows by each whole step of it that has ended when the hold is applied.
  */
  readonly interval: string;
  /**
  * Only conversations with one of these media types: `callback`, `chat`, `cobrowse`, `email`, `message`, `screenshare`, `voice`. SMS is `["message"]` with `message_types = ["sms"]`. Left out: all media.
  */
  readonly mediaTypes?: string[];
  /**
  * Only messages of these types: `sms`, `whatsapp`, `facebook`, `line`, `open`, `webmessaging`, … Left out: all types.
  */
  readonly messageTypes?: string[];
}

export function genesyscloudComplianceLegalholdScopeToTerraform(struct?: GenesyscloudComplianceLegalholdScope | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    address_from: cdktf.stringToTerraform(struct!.addressFrom),
    address_to: cdktf.stringToTerraform(struct!.addressTo),
    batch_interval: cdktf.stringToTerraform(struct!.batchInterval),
    external_tag: cdktf.stringToTerraform(struct!.externalTag),
    interval: cdktf.stringToTerraform(struct!.interval),
    media_types: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.mediaTypes),
    message_types: cdktf.listMapper(cdktf.stringToTerraform, false)(struct!.messageTypes),
  }
}

export function genesyscloudComplianceLegalholdScopeToHclTerraform(struct?: GenesyscloudComplianceLegalholdScope | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    address_from: {
      value: cdktf.stringToHclTerraform(struct!.addressFrom),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    address_to: {
      value: cdktf.stringToHclTerraform(struct!.addressTo),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    batch_interval: {
      value: cdktf.stringToHclTerraform(struct!.batchInterval),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    external_tag: {
      value: cdktf.stringToHclTerraform(struct!.externalTag),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    interval: {
      value: cdktf.stringToHclTerraform(struct!.interval),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    media_types: {
      value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(struct!.mediaTypes),
      isBlock: false,
      type: "set",
      storageClassType: "stringList",
    },
    message_types: {
      value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(struct!.messageTypes),
      isBlock: false,
      type: "set",
      storageClassType: "stringList",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class GenesyscloudComplianceLegalholdScopeOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): GenesyscloudComplianceLegalholdScope | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._addressFrom !== undefined) {
      hasAnyValues = true;
      internalValueResult.addressFrom = this._addressFrom;
    }
    if (this._addressTo !== undefined) {
      hasAnyValues = true;
      internalValueResult.addressTo = this._addressTo;
    }
    if (this._batchInterval !== undefined) {
      hasAnyValues = true;
      internalValueResult.batchInterval = this._batchInterval;
    }
    if (this._externalTag !== undefined) {
      hasAnyValues = true;
      internalValueResult.externalTag = this._externalTag;
    }
    if (this._interval !== undefined) {
      hasAnyValues = true;
      internalValueResult.interval = this._interval;
    }
    if (this._mediaTypes !== undefined) {
      hasAnyValues = true;
      internalValueResult.mediaTypes = this._mediaTypes;
    }
    if (this._messageTypes !== undefined) {
      hasAnyValues = true;
      internalValueResult.messageTypes = this._messageTypes;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudComplianceLegalholdScope | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._addressFrom = undefined;
      this._addressTo = undefined;
      this._batchInterval = undefined;
      this._externalTag = undefined;
      this._interval = undefined;
      this._mediaTypes = undefined;
      this._messageTypes = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._addressFrom = value.addressFrom;
      this._addressTo = value.addressTo;
      this._batchInterval = value.batchInterval;
      this._externalTag = value.externalTag;
      this._interval = value.interval;
      this._mediaTypes = value.mediaTypes;
      this._messageTypes = value.messageTypes;
    }
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

  // interval - computed: false, optional: false, required: true
  private _interval?: string; 
  public get interval() {
    return this.getStringAttribute('interval');
  }
  public set interval(value: string) {
    this._interval = value;
  }
  // Temporarily expose input value. Use with caution.
  public get intervalInput() {
    return this._interval;
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
}
export interface GenesyscloudComplianceLegalholdTimeouts {
  /**
  * How long creating may take, as a duration such as `90m`, `2h30m` or `PT90M`. Default: `4h`.
  */
  readonly create?: string;
  /**
  * How long deleting may take, as a duration such as `90m`, `2h30m` or `PT90M`. Default: `4h`.
  */
  readonly delete?: string;
  /**
  * How long reading may take, as a duration such as `90m`, `2h30m` or `PT90M`. Default: `1h`.
  */
  readonly read?: string;
  /**
  * How long updating may take, as a duration such as `90m`, `2h30m` or `PT90M`. Default: `4h`.
  */
  readonly update?: string;
}

export function genesyscloudComplianceLegalholdTimeoutsToTerraform(struct?: GenesyscloudComplianceLegalholdTimeouts | cdktf.IResolvable): any {
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

export function genesyscloudComplianceLegalholdTimeoutsToHclTerraform(struct?: GenesyscloudComplianceLegalholdTimeouts | cdktf.IResolvable): any {
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

export class GenesyscloudComplianceLegalholdTimeoutsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): GenesyscloudComplianceLegalholdTimeouts | cdktf.IResolvable | undefined {
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

  public set internalValue(value: GenesyscloudComplianceLegalholdTimeouts | cdktf.IResolvable | undefined) {
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
* Represents a `genesyscloud_compliance_legalhold`
*/
export class GenesyscloudComplianceLegalhold extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "genesyscloud_compliance_legalhold";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a GenesyscloudComplianceLegalhold resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the GenesyscloudComplianceLegalhold to import
  * @param importFromId The id of the existing GenesyscloudComplianceLegalhold that should be imported. Refer to the `import section` in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the GenesyscloudComplianceLegalhold to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "genesyscloud_compliance_legalhold", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new `genesyscloud_compliance_legalhold` Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options GenesyscloudComplianceLegalholdConfig
  */
  public constructor(scope: Construct, id: string, config: GenesyscloudComplianceLegalholdConfig) {
    super(scope, id, {
      terraformResourceType: 'genesyscloud_compliance_legalhold',
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
    this._conversationIds = config.conversationIds;
    this._conversationsFrom.internalValue = config.conversationsFrom;
    this._exportJobId = config.exportJobId;
    this._externalReferenceId = config.externalReferenceId;
    this._holdApi = config.holdApi;
    this._name = config.name;
    this._reason = config.reason;
    this._releaseApprovals = config.releaseApprovals;
    this._releaseOnDestroy = config.releaseOnDestroy;
    this._releaseReason = config.releaseReason;
    this._requestedBy = config.requestedBy;
    this._scope.internalValue = config.scope;
    this._timeouts.internalValue = config.timeouts;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // accepted_gaps - computed: false, optional: true, required: false
  private _acceptedGaps = new GenesyscloudComplianceLegalholdAcceptedGapsOutputReference(this, "accepted_gaps");
  public get acceptedGaps() {
    return this._acceptedGaps;
  }
  public putAcceptedGaps(value: GenesyscloudComplianceLegalholdAcceptedGaps) {
    this._acceptedGaps.internalValue = value;
  }
  public resetAcceptedGaps() {
    this._acceptedGaps.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get acceptedGapsInput() {
    return this._acceptedGaps.internalValue;
  }

  // applied_at - computed: true, optional: false, required: false
  public get appliedAt() {
    return this.getStringAttribute('applied_at');
  }

  // associated_count - computed: true, optional: false, required: false
  public get associatedCount() {
    return this.getNumberAttribute('associated_count');
  }

  // claim_id - computed: true, optional: false, required: false
  public get claimId() {
    return this.getStringAttribute('claim_id');
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

  // conversations_from - computed: false, optional: true, required: false
  private _conversationsFrom = new GenesyscloudComplianceLegalholdConversationsFromOutputReference(this, "conversations_from");
  public get conversationsFrom() {
    return this._conversationsFrom;
  }
  public putConversationsFrom(value: GenesyscloudComplianceLegalholdConversationsFrom) {
    this._conversationsFrom.internalValue = value;
  }
  public resetConversationsFrom() {
    this._conversationsFrom.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get conversationsFromInput() {
    return this._conversationsFrom.internalValue;
  }

  // export_job_id - computed: false, optional: true, required: false
  private _exportJobId?: string; 
  public get exportJobId() {
    return this.getStringAttribute('export_job_id');
  }
  public set exportJobId(value: string) {
    this._exportJobId = value;
  }
  public resetExportJobId() {
    this._exportJobId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get exportJobIdInput() {
    return this._exportJobId;
  }

  // external_reference_id - computed: false, optional: true, required: false
  private _externalReferenceId?: string; 
  public get externalReferenceId() {
    return this.getStringAttribute('external_reference_id');
  }
  public set externalReferenceId(value: string) {
    this._externalReferenceId = value;
  }
  public resetExternalReferenceId() {
    this._externalReferenceId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get externalReferenceIdInput() {
    return this._externalReferenceId;
  }

  // failed_count - computed: true, optional: false, required: false
  public get failedCount() {
    return this.getNumberAttribute('failed_count');
  }

  // failures - computed: true, optional: false, required: false
  private _failures = new GenesyscloudComplianceLegalholdFailuresList(this, "failures", false);
  public get failures() {
    return this._failures;
  }

  // gap_count - computed: true, optional: false, required: false
  public get gapCount() {
    return this.getNumberAttribute('gap_count');
  }

  // gaps - computed: true, optional: false, required: false
  private _gaps = new GenesyscloudComplianceLegalholdGapsList(this, "gaps", false);
  public get gaps() {
    return this._gaps;
  }

  // gaps_sha256 - computed: true, optional: false, required: false
  public get gapsSha256() {
    return this.getStringAttribute('gaps_sha256');
  }

  // gone_count - computed: true, optional: false, required: false
  public get goneCount() {
    return this.getNumberAttribute('gone_count');
  }

  // held_count - computed: true, optional: false, required: false
  public get heldCount() {
    return this.getNumberAttribute('held_count');
  }

  // hold_api - computed: true, optional: true, required: false
  private _holdApi?: string; 
  public get holdApi() {
    return this.getStringAttribute('hold_api');
  }
  public set holdApi(value: string) {
    this._holdApi = value;
  }
  public resetHoldApi() {
    this._holdApi = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get holdApiInput() {
    return this._holdApi;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // late_count - computed: true, optional: false, required: false
  public get lateCount() {
    return this.getNumberAttribute('late_count');
  }

  // lost_count - computed: true, optional: false, required: false
  public get lostCount() {
    return this.getNumberAttribute('lost_count');
  }

  // missing_count - computed: true, optional: false, required: false
  public get missingCount() {
    return this.getNumberAttribute('missing_count');
  }

  // name - computed: false, optional: false, required: true
  private _name?: string; 
  public get name() {
    return this.getStringAttribute('name');
  }
  public set name(value: string) {
    this._name = value;
  }
  // Temporarily expose input value. Use with caution.
  public get nameInput() {
    return this._name;
  }

  // organization_id - computed: true, optional: false, required: false
  public get organizationId() {
    return this.getStringAttribute('organization_id');
  }

  // out_of_scope_count - computed: true, optional: false, required: false
  public get outOfScopeCount() {
    return this.getNumberAttribute('out_of_scope_count');
  }

  // reason - computed: false, optional: true, required: false
  private _reason?: string; 
  public get reason() {
    return this.getStringAttribute('reason');
  }
  public set reason(value: string) {
    this._reason = value;
  }
  public resetReason() {
    this._reason = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get reasonInput() {
    return this._reason;
  }

  // register_id - computed: true, optional: false, required: false
  public get registerId() {
    return this.getStringAttribute('register_id');
  }

  // release_approvals - computed: false, optional: true, required: false
  private _releaseApprovals?: string[]; 
  public get releaseApprovals() {
    return this.getListAttribute('release_approvals');
  }
  public set releaseApprovals(value: string[]) {
    this._releaseApprovals = value;
  }
  public resetReleaseApprovals() {
    this._releaseApprovals = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get releaseApprovalsInput() {
    return this._releaseApprovals;
  }

  // release_on_destroy - computed: true, optional: true, required: false
  private _releaseOnDestroy?: boolean | cdktf.IResolvable; 
  public get releaseOnDestroy() {
    return this.getBooleanAttribute('release_on_destroy');
  }
  public set releaseOnDestroy(value: boolean | cdktf.IResolvable) {
    this._releaseOnDestroy = value;
  }
  public resetReleaseOnDestroy() {
    this._releaseOnDestroy = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get releaseOnDestroyInput() {
    return this._releaseOnDestroy;
  }

  // release_reason - computed: false, optional: true, required: false
  private _releaseReason?: string; 
  public get releaseReason() {
    return this.getStringAttribute('release_reason');
  }
  public set releaseReason(value: string) {
    this._releaseReason = value;
  }
  public resetReleaseReason() {
    this._releaseReason = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get releaseReasonInput() {
    return this._releaseReason;
  }

  // requested_by - computed: false, optional: true, required: false
  private _requestedBy?: string; 
  public get requestedBy() {
    return this.getStringAttribute('requested_by');
  }
  public set requestedBy(value: string) {
    this._requestedBy = value;
  }
  public resetRequestedBy() {
    this._requestedBy = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get requestedByInput() {
    return this._requestedBy;
  }

  // scope - computed: false, optional: true, required: false
  private _scope = new GenesyscloudComplianceLegalholdScopeOutputReference(this, "scope");
  public get scope() {
    return this._scope;
  }
  public putScope(value: GenesyscloudComplianceLegalholdScope) {
    this._scope.internalValue = value;
  }
  public resetScope() {
    this._scope.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get scopeInput() {
    return this._scope.internalValue;
  }

  // scope_end - computed: true, optional: false, required: false
  public get scopeEnd() {
    return this.getStringAttribute('scope_end');
  }

  // status - computed: true, optional: false, required: false
  public get status() {
    return this.getStringAttribute('status');
  }

  // unknown - computed: true, optional: false, required: false
  public get unknown() {
    return this.getListAttribute('unknown');
  }

  // unprotectable_count - computed: true, optional: false, required: false
  public get unprotectableCount() {
    return this.getNumberAttribute('unprotectable_count');
  }

  // verified_at - computed: true, optional: false, required: false
  public get verifiedAt() {
    return this.getStringAttribute('verified_at');
  }

  // timeouts - computed: false, optional: true, required: false
  private _timeouts = new GenesyscloudComplianceLegalholdTimeoutsOutputReference(this, "timeouts");
  public get timeouts() {
    return this._timeouts;
  }
  public putTimeouts(value: GenesyscloudComplianceLegalholdTimeouts) {
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
      accepted_gaps: genesyscloudComplianceLegalholdAcceptedGapsToTerraform(this._acceptedGaps.internalValue),
      conversation_ids: cdktf.listMapper(cdktf.stringToTerraform, false)(this._conversationIds),
      conversations_from: genesyscloudComplianceLegalholdConversationsFromToTerraform(this._conversationsFrom.internalValue),
      export_job_id: cdktf.stringToTerraform(this._exportJobId),
      external_reference_id: cdktf.stringToTerraform(this._externalReferenceId),
      hold_api: cdktf.stringToTerraform(this._holdApi),
      name: cdktf.stringToTerraform(this._name),
      reason: cdktf.stringToTerraform(this._reason),
      release_approvals: cdktf.listMapper(cdktf.stringToTerraform, false)(this._releaseApprovals),
      release_on_destroy: cdktf.booleanToTerraform(this._releaseOnDestroy),
      release_reason: cdktf.stringToTerraform(this._releaseReason),
      requested_by: cdktf.stringToTerraform(this._requestedBy),
      scope: genesyscloudComplianceLegalholdScopeToTerraform(this._scope.internalValue),
      timeouts: genesyscloudComplianceLegalholdTimeoutsToTerraform(this._timeouts.internalValue),
    };
  }

  protected override synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      accepted_gaps: {
        value: genesyscloudComplianceLegalholdAcceptedGapsToHclTerraform(this._acceptedGaps.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "GenesyscloudComplianceLegalholdAcceptedGaps",
      },
      conversation_ids: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._conversationIds),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      conversations_from: {
        value: genesyscloudComplianceLegalholdConversationsFromToHclTerraform(this._conversationsFrom.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "GenesyscloudComplianceLegalholdConversationsFrom",
      },
      export_job_id: {
        value: cdktf.stringToHclTerraform(this._exportJobId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      external_reference_id: {
        value: cdktf.stringToHclTerraform(this._externalReferenceId),
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
      name: {
        value: cdktf.stringToHclTerraform(this._name),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      reason: {
        value: cdktf.stringToHclTerraform(this._reason),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      release_approvals: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._releaseApprovals),
        isBlock: false,
        type: "list",
        storageClassType: "stringList",
      },
      release_on_destroy: {
        value: cdktf.booleanToHclTerraform(this._releaseOnDestroy),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      release_reason: {
        value: cdktf.stringToHclTerraform(this._releaseReason),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      requested_by: {
        value: cdktf.stringToHclTerraform(this._requestedBy),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      scope: {
        value: genesyscloudComplianceLegalholdScopeToHclTerraform(this._scope.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "GenesyscloudComplianceLegalholdScope",
      },
      timeouts: {
        value: genesyscloudComplianceLegalholdTimeoutsToHclTerraform(this._timeouts.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "GenesyscloudComplianceLegalholdTimeouts",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
