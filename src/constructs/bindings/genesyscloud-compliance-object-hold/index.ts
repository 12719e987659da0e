// Generated from the schema of the provider by "npm run bindings". Do not edit.
import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface GenesyscloudComplianceObjectHoldConfig extends cdktf.TerraformMetaArguments {
  /**
  * Accepts exactly the gaps with this digest: they no longer plan an update and are not red in `drift`, but stay visible. One more gap changes the digest, and all are red again.
  */
  readonly acceptedGaps?: GenesyscloudComplianceObjectHoldAcceptedGaps;
  /**
  * What S3 Batch Operations needs. One job holds, and one job a tag set tags, since jobs replace tags and cannot merge them. The caller needs `s3:CreateJob`, `s3:DescribeJob`, `s3:ListJobs`, `s3:UpdateJobStatus` and `iam:PassRole`. Other addresses than those of AWS come from `AWS_ENDPOINT_URL_S3_CONTROL`.
  */
  readonly batchOperations?: GenesyscloudComplianceObjectHoldBatchOperations;
  /**
  * Name of the S3 bucket that holds the objects. Changing it is refused while objects are held: make a second object hold instead.
  */
  readonly bucket: string;
  /**
  * URL of an S3-compatible service, instead of AWS. Left out: AWS, or what `AWS_ENDPOINT_URL_S3` says.
  */
  readonly endpoint?: string;
  /**
  * Who does the work. `direct`: this process, request by request, about 1,000 a second. `batch_operations`: jobs of S3 Batch Operations, which continue without this process; needs `batch_operations`. `auto` (default): `direct`, unless `batch_operations` is given and at least as many versions are to be written to as its `threshold` says.
  */
  readonly engine?: string;
  /**
  * Hold the objects of what this export covers: `id` of a `genesyscloud_recording_export_job`. They are looked for in the folders of the interval of the export and of the month before, for conversations that began earlier. At least one of `export_job_id` and `prefix` is given. When it changes, versions that are new in scope are added; the others stay held.
  */
  readonly exportJobId?: string;
  /**
  * Reference of the matter in your case system, e.g. `MATTER-2026-0017`, as of the legal hold of the same matter. Left out: the name is the matter.
  */
  readonly externalReferenceId?: string;
  /**
  * Folder where the journal grows: the evidence of what was done to each version, what an interrupted run continues from, and what tells which holds are ours to release. The register gets all of it, so that a machine with an empty folder continues from there. Left out: `$XDG_STATE_HOME/genesyscloud-compliance/object-holds`, that is `~/.local/state/…` (on Windows below `%LOCALAPPDATA%`).
  */
  readonly journalDir?: string;
  /**
  * Name of the hold, e.g. of the case. Left out: made of bucket, scope and tags. Another name is another hold to those who look into the register.
  */
  readonly name?: string;
  /**
  * Put an S3 Object Lock legal hold on every version in scope. Default: `true`. With `false` only tags are written, and nothing is protected. Setting it from `true` to `false` releases what is held and keeps the tags: like destroying, that is refused unless `release_on_destroy` is `true` in state.
  */
  readonly objectLockLegalHold?: boolean | cdktf.IResolvable;
  /**
  * Hold every version whose key begins with this; `""` means the whole bucket. Together with `export_job_id`: the prefix before the organization id in the keys, if there is one.
  */
  readonly prefix?: string;
  /**
  * Why the objects are held, for the record.
  */
  readonly reason?: string;
  /**
  * AWS region of the bucket. Left out: that of the AWS environment (`AWS_REGION`).
  */
  readonly region?: string;
  /**
  * Approvals of the release of this hold, which `genesyscloud-compliance approve` signs: the contents of its files (`[file("anna.json"), file("bo.json")]`), or their paths. Needed where `release_approvers` were pinned in the claim of the hold, and applied like `release_reason` before the release. Each is good for exactly this claim as it was when it was signed: when conversations or files are added, or the state is lost and the hold adopted again, approve again.
  */
  readonly releaseApprovals?: string[];
  /**
  * Consent to release. Default: `false`: destroying or replacing the hold is refused when planning. To release it, set this to `true`, give `release_reason`, apply, and then destroy. It is done by this process, request by request, whatever the engine: a job cannot be stopped when another matter claims the same versions. Versions that another hold covers, or that somebody else had held before, stay held; tags stay.
  */
  readonly releaseOnDestroy?: boolean | cdktf.IResolvable;
  /**
  * Why the hold may be released, for the record. Needed with `release_on_destroy = true`, and applied together with it before the release.
  */
  readonly releaseReason?: string;
  /**
  * Who asked for the hold, for the record.
  */
  readonly requestedBy?: string;
  /**
  * Tags for every version in scope, merged into those that are there: other tags stay, a tag of the same key gets this value (the old one is in the journal). S3 takes ten on an object. A tag that is taken off this map stays on the objects.
  */
  readonly tags?: { [key: string]: string };
  /**
  * timeouts block
  */
  readonly timeouts?: GenesyscloudComplianceObjectHoldTimeouts;
}
export interface GenesyscloudComplianceObjectHoldAcceptedGaps {
  /**
  * Why these gaps are accepted, for the record.
  */
  readonly reason: string;
  /**
  * The digest `gaps_sha256` that `genesyscloud-compliance status` prints.
  */
  readonly sha256: string;
}

export function genesyscloudComplianceObjectHoldAcceptedGapsToTerraform(struct?: GenesyscloudComplianceObjectHoldAcceptedGaps | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    reason: cdktf.stringToTerraform(struct!.reason),
    sha256: cdktf.stringToTerraform(struct!.sha256),
  }
}

export function genesyscloudComplianceObjectHoldAcceptedGapsToHclTerraform(struct?: GenesyscloudComplianceObjectHoldAcceptedGaps | cdktf.IResolvable): any {
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

export class GenesyscloudComplianceObjectHoldAcceptedGapsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): GenesyscloudComplianceObjectHoldAcceptedGaps | cdktf.IResolvable | undefined {
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

  public set internalValue(value: GenesyscloudComplianceObjectHoldAcceptedGaps | cdktf.IResolvable | undefined) {
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
export interface GenesyscloudComplianceObjectHoldBatchOperations {
  /**
  * One more job that computes a SHA-256 of the content of each changed version into its report, without a download. Default: `false`.
  */
  readonly checksums?: boolean | cdktf.IResolvable;
  /**
  * Name of the bucket for manifests and completion reports, in the region of the objects. Not the bucket that is held.
  */
  readonly reportBucket: string;
  /**
  * Key prefix for manifests and reports, with its slash. Default: `genesyscloud-compliance/`.
  */
  readonly reportPrefix?: string;
  /**
  * ARN of the role that S3 takes on for the jobs. It trusts `batchoperations.s3.amazonaws.com`, may tag and hold the objects, read the manifests and write the reports. The jobs run in its account.
  */
  readonly roleArn: string;
  /**
  * With `engine = "auto"`: from how many versions to write to on the jobs are used. Default: `200000`.
  */
  readonly threshold?: number;
}

export function genesyscloudComplianceObjectHoldBatchOperationsToTerraform(struct?: GenesyscloudComplianceObjectHoldBatchOperations | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
    checksums: cdktf.booleanToTerraform(struct!.checksums),
    report_bucket: cdktf.stringToTerraform(struct!.reportBucket),
    report_prefix: cdktf.stringToTerraform(struct!.reportPrefix),
    role_arn: cdktf.stringToTerraform(struct!.roleArn),
    threshold: cdktf.numberToTerraform(struct!.threshold),
  }
}

export function genesyscloudComplianceObjectHoldBatchOperationsToHclTerraform(struct?: GenesyscloudComplianceObjectHoldBatchOperations | cdktf.IResolvable): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
    checksums: {
      value: cdktf.booleanToHclTerraform(struct!.checksums),
      isBlock: false,
      type: "simple",
      storageClassType: "boolean",
    },
    report_bucket: {
      value: cdktf.stringToHclTerraform(struct!.reportBucket),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    report_prefix: {
      value: cdktf.stringToHclTerraform(struct!.reportPrefix),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    role_arn: {
      value: cdktf.stringToHclTerraform(struct!.roleArn),
      isBlock: false,
      type: "simple",
      storageClassType: "string",
    },
    threshold: {
      value: cdktf.numberToHclTerraform(struct!.threshold),
      isBlock: false,
      type: "simple",
      storageClassType: "number",
    },
  };

  // remove undefined attributes
  return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined));
}

export class GenesyscloudComplianceObjectHoldBatchOperationsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): GenesyscloudComplianceObjectHoldBatchOperations | cdktf.IResolvable | undefined {
    if (this.resolvableValue) {
      return this.resolvableValue;
    }
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    if (this._checksums !== undefined) {
      hasAnyValues = true;
      internalValueResult.checksums = this._checksums;
    }
    if (this._reportBucket !== undefined) {
      hasAnyValues = true;
      internalValueResult.reportBucket = this._reportBucket;
    }
    if (this._reportPrefix !== undefined) {
      hasAnyValues = true;
      internalValueResult.reportPrefix = this._reportPrefix;
    }
    if (this._roleArn !== undefined) {
      hasAnyValues = true;
      internalValueResult.roleArn = this._roleArn;
    }
    if (this._threshold !== undefined) {
      hasAnyValues = true;
      internalValueResult.threshold = this._threshold;
    }
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudComplianceObjectHoldBatchOperations | cdktf.IResolvable | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
      this.resolvableValue = undefined;
      this._checksums = undefined;
      this._reportBucket = undefined;
      this._reportPrefix = undefined;
      this._roleArn = undefined;
      this._threshold = undefined;
    }
    else if (cdktf.Tokenization.isResolvable(value)) {
      this.isEmptyObject = false;
      this.resolvableValue = value;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
      this.resolvableValue = undefined;
      this._checksums = value.checksums;
      this._reportBucket = value.reportBucket;
      this._reportPrefix = value.reportPrefix;
      this._roleArn = value.roleArn;
      this._threshold = value.threshold;
    }
  }

  // checksums - computed: true, optional: true, required: false
  private _checksums?: boolean | cdktf.IResolvable; 
  public get checksums() {
    return this.getBooleanAttribute('checksums');
  }
  public set checksums(value: boolean | cdktf.IResolvable) {
    this._checksums = value;
  }
  public resetChecksums() {
    this._checksums = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get checksumsInput() {
    return this._checksums;
  }

  // report_bucket - computed: false, optional: false, required: true
  private _reportBucket?: string; 
  public get reportBucket() {
    return this.getStringAttribute('report_bucket');
  }
  public set reportBucket(value: string) {
    this._reportBucket = value;
  }
  // Temporarily expose input value. Use with caution.
  public get reportBucketInput() {
    return this._reportBucket;
  }

  // report_prefix - computed: true, optional: true, required: false
  private _reportPrefix?: string; 
  public get reportPrefix() {
    return this.getStringAttribute('report_prefix');
  }
  public set reportPrefix(value: string) {
    this._reportPrefix = value;
  }
  public resetReportPrefix() {
    this._reportPrefix = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get reportPrefixInput() {
    return this._reportPrefix;
  }

  // role_arn - computed: false, optional: false, required: true
  private _roleArn?: string; 
  public get roleArn() {
    return this.getStringAttribute('role_arn');
  }
  public set roleArn(value: string) {
    this._roleArn = value;
  }
  // Temporarily expose input value. Use with caution.
  public get roleArnInput() {
    return this._roleArn;
  }

  // threshold - computed: true, optional: true, required: false
  private _threshold?: number; 
  public get threshold() {
    return this.getNumberAttribute('threshold');
  }
  public set threshold(value: number) {
    this._threshold = value;
  }
  public resetThreshold() {
    this._threshold = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get thresholdInput() {
    return this._threshold;
  }
}
export interface GenesyscloudComplianceObjectHoldEstimate {
}

export function genesyscloudComplianceObjectHoldEstimateToTerraform(struct?: GenesyscloudComplianceObjectHoldEstimate): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}

export function genesyscloudComplianceObjectHoldEstimateToHclTerraform(struct?: GenesyscloudComplianceObjectHoldEstimate): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class GenesyscloudComplianceObjectHoldEstimateOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): GenesyscloudComplianceObjectHoldEstimate | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudComplianceObjectHoldEstimate | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // cost_usd - computed: true, optional: false, required: false
  public get costUsd() {
    return this.getNumberAttribute('cost_usd');
  }

  // engine - computed: true, optional: false, required: false
  public get engine() {
    return this.getStringAttribute('engine');
  }

  // reason - computed: true, optional: false, required: false
  public get reason() {
    return this.getStringAttribute('reason');
  }

  // requests - computed: true, optional: false, required: false
  public get requests() {
    return this.getNumberAttribute('requests');
  }

  // seconds - computed: true, optional: false, required: false
  public get seconds() {
    return this.getNumberAttribute('seconds');
  }
}
export interface GenesyscloudComplianceObjectHoldFailures {
}

export function genesyscloudComplianceObjectHoldFailuresToTerraform(struct?: GenesyscloudComplianceObjectHoldFailures): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}

export function genesyscloudComplianceObjectHoldFailuresToHclTerraform(struct?: GenesyscloudComplianceObjectHoldFailures): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class GenesyscloudComplianceObjectHoldFailuresOutputReference extends cdktf.ComplexObject {
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

  public get internalValue(): GenesyscloudComplianceObjectHoldFailures | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudComplianceObjectHoldFailures | undefined) {
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

  // key - computed: true, optional: false, required: false
  public get key() {
    return this.getStringAttribute('key');
  }

  // message - computed: true, optional: false, required: false
  public get message() {
    return this.getStringAttribute('message');
  }

  // step - computed: true, optional: false, required: false
  public get step() {
    return this.getStringAttribute('step');
  }

  // version_id - computed: true, optional: false, required: false
  public get versionId() {
    return this.getStringAttribute('version_id');
  }
}

export class GenesyscloudComplianceObjectHoldFailuresList extends cdktf.ComplexList {

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
  public get(index: number): GenesyscloudComplianceObjectHoldFailuresOutputReference {
    return new GenesyscloudComplianceObjectHoldFailuresOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface GenesyscloudComplianceObjectHoldGaps {
}

export function genesyscloudComplianceObjectHoldGapsToTerraform(struct?: GenesyscloudComplianceObjectHoldGaps): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}

export function genesyscloudComplianceObjectHoldGapsToHclTerraform(struct?: GenesyscloudComplianceObjectHoldGaps): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class GenesyscloudComplianceObjectHoldGapsOutputReference extends cdktf.ComplexObject {
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

  public get internalValue(): GenesyscloudComplianceObjectHoldGaps | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudComplianceObjectHoldGaps | undefined) {
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

export class GenesyscloudComplianceObjectHoldGapsList extends cdktf.ComplexList {

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
  public get(index: number): GenesyscloudComplianceObjectHoldGapsOutputReference {
    return new GenesyscloudComplianceObjectHoldGapsOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface GenesyscloudComplianceObjectHoldHidden {
}

export function genesyscloudComplianceObjectHoldHiddenToTerraform(struct?: GenesyscloudComplianceObjectHoldHidden): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}

export function genesyscloudComplianceObjectHoldHiddenToHclTerraform(struct?: GenesyscloudComplianceObjectHoldHidden): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class GenesyscloudComplianceObjectHoldHiddenOutputReference extends cdktf.ComplexObject {
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

  public get internalValue(): GenesyscloudComplianceObjectHoldHidden | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudComplianceObjectHoldHidden | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // key - computed: true, optional: false, required: false
  public get key() {
    return this.getStringAttribute('key');
  }

  // version_id - computed: true, optional: false, required: false
  public get versionId() {
    return this.getStringAttribute('version_id');
  }
}

export class GenesyscloudComplianceObjectHoldHiddenList extends cdktf.ComplexList {

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
  public get(index: number): GenesyscloudComplianceObjectHoldHiddenOutputReference {
    return new GenesyscloudComplianceObjectHoldHiddenOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface GenesyscloudComplianceObjectHoldLost {
}

export function genesyscloudComplianceObjectHoldLostToTerraform(struct?: GenesyscloudComplianceObjectHoldLost): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}

export function genesyscloudComplianceObjectHoldLostToHclTerraform(struct?: GenesyscloudComplianceObjectHoldLost): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class GenesyscloudComplianceObjectHoldLostOutputReference extends cdktf.ComplexObject {
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

  public get internalValue(): GenesyscloudComplianceObjectHoldLost | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudComplianceObjectHoldLost | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // held_since - computed: true, optional: false, required: false
  public get heldSince() {
    return this.getStringAttribute('held_since');
  }

  // key - computed: true, optional: false, required: false
  public get key() {
    return this.getStringAttribute('key');
  }

  // version_id - computed: true, optional: false, required: false
  public get versionId() {
    return this.getStringAttribute('version_id');
  }
}

export class GenesyscloudComplianceObjectHoldLostList extends cdktf.ComplexList {

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
  public get(index: number): GenesyscloudComplianceObjectHoldLostOutputReference {
    return new GenesyscloudComplianceObjectHoldLostOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface GenesyscloudComplianceObjectHoldMissing {
}

export function genesyscloudComplianceObjectHoldMissingToTerraform(struct?: GenesyscloudComplianceObjectHoldMissing): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}

export function genesyscloudComplianceObjectHoldMissingToHclTerraform(struct?: GenesyscloudComplianceObjectHoldMissing): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class GenesyscloudComplianceObjectHoldMissingOutputReference extends cdktf.ComplexObject {
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

  public get internalValue(): GenesyscloudComplianceObjectHoldMissing | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: GenesyscloudComplianceObjectHoldMissing | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // key - computed: true, optional: false, required: false
  public get key() {
    return this.getStringAttribute('key');
  }

  // lacks - computed: true, optional: false, required: false
  public get lacks() {
    return this.getStringAttribute('lacks');
  }

  // version_id - computed: true, optional: false, required: false
  public get versionId() {
    return this.getStringAttribute('version_id');
  }
}

export class GenesyscloudComplianceObjectHoldMissingList extends cdktf.ComplexList {

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
  public get(index: number): GenesyscloudComplianceObjectHoldMissingOutputReference {
    return new GenesyscloudComplianceObjectHoldMissingOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}
export interface GenesyscloudComplianceObjectHoldTimeouts {
  /**
  * How long creating may take, as a duration such as `90m`, `2h30m` or `PT90M`. Default: `12h`.
  */
  readonly create?: string;
  /**
  * How long deleting may take, as a duration such as `90m`, `2h30m` or `PT90M`. Default: `12h`.
  */
  readonly delete?: string;
  /**
  * How long reading may take, as a duration such as `90m`, `2h30m` or `PT90M`. Default: `2h`.
  */
  readonly read?: string;
  /**
  * How long updating may take, as a duration such as `90m`, `2h30m` or `PT90M`. Default: `12h`.
  */
  readonly update?: string;
}

export function genesyscloudComplianceObjectHoldTimeoutsToTerraform(struct?: GenesyscloudComplianceObjectHoldTimeouts | cdktf.IResolvable): any {
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

export function genesyscloudComplianceObjectHoldTimeoutsToHclTerraform(struct?: GenesyscloudComplianceObjectHoldTimeouts | cdktf.IResolvable): any {
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

export class GenesyscloudComplianceObjectHoldTimeoutsOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;
  private resolvableValue?: cdktf.IResolvable;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string) {
    super(terraformResource, terraformAttribute, false);
  }

  public get internalValue(): GenesyscloudComplianceObjectHoldTimeouts | cdktf.IResolvable | undefined {
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

  public set internalValue(value: GenesyscloudComplianceObjectHoldTimeouts | cdktf.IResolvable | undefined) {
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
* Represents a `genesyscloud_compliance_object_hold`
*/
export class GenesyscloudComplianceObjectHold extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "genesyscloud_compliance_object_hold";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a GenesyscloudComplianceObjectHold resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the GenesyscloudComplianceObjectHold to import
  * @param importFromId The id of the existing GenesyscloudComplianceObjectHold that should be imported. Refer to the `import section` in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the GenesyscloudComplianceObjectHold to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "genesyscloud_compliance_object_hold", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new `genesyscloud_compliance_object_hold` Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options GenesyscloudComplianceObjectHoldConfig
  */
  public constructor(scope: Construct, id: string, config: GenesyscloudComplianceObjectHoldConfig) {
    super(scope, id, {
      terraformResourceType: 'genesyscloud_compliance_object_hold',
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
    this._batchOperations.internalValue = config.batchOperations;
    this._bucket = config.bucket;
    this._endpoint = config.endpoint;
    this._engine = config.engine;
    this._exportJobId = config.exportJobId;
    this._externalReferenceId = config.externalReferenceId;
    this._journalDir = config.journalDir;
    this._name = config.name;
    this._objectLockLegalHold = config.objectLockLegalHold;
    this._prefix = config.prefix;
    this._reason = config.reason;
    this._region = config.region;
    this._releaseApprovals = config.releaseApprovals;
    this._releaseOnDestroy = config.releaseOnDestroy;
    this._releaseReason = config.releaseReason;
    this._requestedBy = config.requestedBy;
    this._tags = config.tags;
    this._timeouts.internalValue = config.timeouts;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // absent_conversation_count - computed: true, optional: false, required: false
  public get absentConversationCount() {
    return this.getNumberAttribute('absent_conversation_count');
  }

  // accepted_gaps - computed: false, optional: true, required: false
  private _acceptedGaps = new GenesyscloudComplianceObjectHoldAcceptedGapsOutputReference(this, "accepted_gaps");
  public get acceptedGaps() {
    return this._acceptedGaps;
  }
  public putAcceptedGaps(value: GenesyscloudComplianceObjectHoldAcceptedGaps) {
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

  // batch_operations - computed: false, optional: true, required: false
  private _batchOperations = new GenesyscloudComplianceObjectHoldBatchOperationsOutputReference(this, "batch_operations");
  public get batchOperations() {
    return this._batchOperations;
  }
  public putBatchOperations(value: GenesyscloudComplianceObjectHoldBatchOperations) {
    this._batchOperations.internalValue = value;
  }
  public resetBatchOperations() {
    this._batchOperations.internalValue = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get batchOperationsInput() {
    return this._batchOperations.internalValue;
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

  // claim_id - computed: true, optional: false, required: false
  public get claimId() {
    return this.getStringAttribute('claim_id');
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

  // engine - computed: true, optional: true, required: false
  private _engine?: string; 
  public get engine() {
    return this.getStringAttribute('engine');
  }
  public set engine(value: string) {
    this._engine = value;
  }
  public resetEngine() {
    this._engine = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get engineInput() {
    return this._engine;
  }

  // engine_used - computed: true, optional: false, required: false
  public get engineUsed() {
    return this.getStringAttribute('engine_used');
  }

  // estimate - computed: true, optional: false, required: false
  private _estimate = new GenesyscloudComplianceObjectHoldEstimateOutputReference(this, "estimate");
  public get estimate() {
    return this._estimate;
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
  private _failures = new GenesyscloudComplianceObjectHoldFailuresList(this, "failures", false);
  public get failures() {
    return this._failures;
  }

  // gap_count - computed: true, optional: false, required: false
  public get gapCount() {
    return this.getNumberAttribute('gap_count');
  }

  // gaps - computed: true, optional: false, required: false
  private _gaps = new GenesyscloudComplianceObjectHoldGapsList(this, "gaps", false);
  public get gaps() {
    return this._gaps;
  }

  // gaps_sha256 - computed: true, optional: false, required: false
  public get gapsSha256() {
    return this.getStringAttribute('gaps_sha256');
  }

  // held_count - computed: true, optional: false, required: false
  public get heldCount() {
    return this.getNumberAttribute('held_count');
  }

  // hidden - computed: true, optional: false, required: false
  private _hidden = new GenesyscloudComplianceObjectHoldHiddenList(this, "hidden", false);
  public get hidden() {
    return this._hidden;
  }

  // hidden_count - computed: true, optional: false, required: false
  public get hiddenCount() {
    return this.getNumberAttribute('hidden_count');
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // journal_dir - computed: false, optional: true, required: false
  private _journalDir?: string; 
  public get journalDir() {
    return this.getStringAttribute('journal_dir');
  }
  public set journalDir(value: string) {
    this._journalDir = value;
  }
  public resetJournalDir() {
    this._journalDir = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get journalDirInput() {
    return this._journalDir;
  }

  // journal_path - computed: true, optional: false, required: false
  public get journalPath() {
    return this.getStringAttribute('journal_path');
  }

  // journal_sha256 - computed: true, optional: false, required: false
  public get journalSha256() {
    return this.getStringAttribute('journal_sha256');
  }

  // lost - computed: true, optional: false, required: false
  private _lost = new GenesyscloudComplianceObjectHoldLostList(this, "lost", false);
  public get lost() {
    return this._lost;
  }

  // lost_count - computed: true, optional: false, required: false
  public get lostCount() {
    return this.getNumberAttribute('lost_count');
  }

  // manifest_sha256 - computed: true, optional: false, required: false
  public get manifestSha256() {
    return this.getStringAttribute('manifest_sha256');
  }

  // missing - computed: true, optional: false, required: false
  private _missing = new GenesyscloudComplianceObjectHoldMissingList(this, "missing", false);
  public get missing() {
    return this._missing;
  }

  // missing_count - computed: true, optional: false, required: false
  public get missingCount() {
    return this.getNumberAttribute('missing_count');
  }

  // name - computed: false, optional: true, required: false
  private _name?: string; 
  public get name() {
    return this.getStringAttribute('name');
  }
  public set name(value: string) {
    this._name = value;
  }
  public resetName() {
    this._name = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get nameInput() {
    return this._name;
  }

  // object_lock_legal_hold - computed: true, optional: true, required: false
  private _objectLockLegalHold?: boolean | cdktf.IResolvable; 
  public get objectLockLegalHold() {
    return this.getBooleanAttribute('object_lock_legal_hold');
  }
  public set objectLockLegalHold(value: boolean | cdktf.IResolvable) {
    this._objectLockLegalHold = value;
  }
  public resetObjectLockLegalHold() {
    this._objectLockLegalHold = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get objectLockLegalHoldInput() {
    return this._objectLockLegalHold;
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

  // status - computed: true, optional: false, required: false
  public get status() {
    return this.getStringAttribute('status');
  }

  // tagged_count - computed: true, optional: false, required: false
  public get taggedCount() {
    return this.getNumberAttribute('tagged_count');
  }

  // tags - computed: false, optional: true, required: false
  private _tags?: { [key: string]: string }; 
  public get tags() {
    return this.getStringMapAttribute('tags');
  }
  public set tags(value: { [key: string]: string }) {
    this._tags = value;
  }
  public resetTags() {
    this._tags = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get tagsInput() {
    return this._tags;
  }

  // verified_at - computed: true, optional: false, required: false
  public get verifiedAt() {
    return this.getStringAttribute('verified_at');
  }

  // version_count - computed: true, optional: false, required: false
  public get versionCount() {
    return this.getNumberAttribute('version_count');
  }

  // timeouts - computed: false, optional: true, required: false
  private _timeouts = new GenesyscloudComplianceObjectHoldTimeoutsOutputReference(this, "timeouts");
  public get timeouts() {
    return this._timeouts;
  }
  public putTimeouts(value: GenesyscloudComplianceObjectHoldTimeouts) {
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
      accepted_gaps: genesyscloudComplianceObjectHoldAcceptedGapsToTerraform(this._acceptedGaps.internalValue),
      batch_operations: genesyscloudComplianceObjectHoldBatchOperationsToTerraform(this._batchOperations.internalValue),
      bucket: cdktf.stringToTerraform(this._bucket),
      endpoint: cdktf.stringToTerraform(this._endpoint),
      engine: cdktf.stringToTerraform(this._engine),
      export_job_id: cdktf.stringToTerraform(this._exportJobId),
      external_reference_id: cdktf.stringToTerraform(this._externalReferenceId),
      journal_dir: cdktf.stringToTerraform(this._journalDir),
      name: cdktf.stringToTerraform(this._name),
      object_lock_legal_hold: cdktf.booleanToTerraform(this._objectLockLegalHold),
      prefix: cdktf.stringToTerraform(this._prefix),
      reason: cdktf.stringToTerraform(this._reason),
      region: cdktf.stringToTerraform(this._region),
      release_approvals: cdktf.listMapper(cdktf.stringToTerraform, false)(this._releaseApprovals),
      release_on_destroy: cdktf.booleanToTerraform(this._releaseOnDestroy),
      release_reason: cdktf.stringToTerraform(this._releaseReason),
      requested_by: cdktf.stringToTerraform(this._requestedBy),
      tags: cdktf.hashMapper(cdktf.stringToTerraform)(this._tags),
      timeouts: genesyscloudComplianceObjectHoldTimeoutsToTerraform(this._timeouts.internalValue),
    };
  }

  protected override synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      accepted_gaps: {
        value: genesyscloudComplianceObjectHoldAcceptedGapsToHclTerraform(this._acceptedGaps.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "GenesyscloudComplianceObjectHoldAcceptedGaps",
      },
      batch_operations: {
        value: genesyscloudComplianceObjectHoldBatchOperationsToHclTerraform(this._batchOperations.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "GenesyscloudComplianceObjectHoldBatchOperations",
      },
      bucket: {
        value: cdktf.stringToHclTerraform(this._bucket),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      endpoint: {
        value: cdktf.stringToHclTerraform(this._endpoint),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      engine: {
        value: cdktf.stringToHclTerraform(this._engine),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
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
      journal_dir: {
        value: cdktf.stringToHclTerraform(this._journalDir),
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
      object_lock_legal_hold: {
        value: cdktf.booleanToHclTerraform(this._objectLockLegalHold),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      prefix: {
        value: cdktf.stringToHclTerraform(this._prefix),
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
      region: {
        value: cdktf.stringToHclTerraform(this._region),
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
      tags: {
        value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._tags),
        isBlock: false,
        type: "map",
        storageClassType: "stringMap",
      },
      timeouts: {
        value: genesyscloudComplianceObjectHoldTimeoutsToHclTerraform(this._timeouts.internalValue),
        isBlock: true,
        type: "struct",
        storageClassType: "GenesyscloudComplianceObjectHoldTimeouts",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
