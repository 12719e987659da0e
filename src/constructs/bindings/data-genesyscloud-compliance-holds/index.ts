// Generated from the schema of the provider by "npm run bindings". Do not edit.
import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface DataGenesyscloudComplianceHoldsConfig extends cdktf.TerraformMetaArguments {
  /**
  * Only live claims that cover this conversation.
  */
  readonly conversationId?: string;
  /**
  * Released claims, too. Default: `false`.
  */
  readonly includeReleased?: boolean | cdktf.IResolvable;
  /**
  * Only claims of this matter: its external reference id, else the name of the hold.
  */
  readonly matter?: string;
  /**
  * Only live claims that cover this file: `s3://bucket/key`.
  */
  readonly object?: string;
}
export interface DataGenesyscloudComplianceHoldsClaims {
}

export function dataGenesyscloudComplianceHoldsClaimsToTerraform(struct?: DataGenesyscloudComplianceHoldsClaims): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}

export function dataGenesyscloudComplianceHoldsClaimsToHclTerraform(struct?: DataGenesyscloudComplianceHoldsClaims): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataGenesyscloudComplianceHoldsClaimsOutputReference extends cdktf.ComplexObject {
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

  public get internalValue(): DataGenesyscloudComplianceHoldsClaims | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataGenesyscloudComplianceHoldsClaims | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // actor - computed: true, optional: false, required: false
  public get actor() {
    return this.getStringAttribute('actor');
  }

  // claim_id - computed: true, optional: false, required: false
  public get claimId() {
    return this.getStringAttribute('claim_id');
  }

  // covered_count - computed: true, optional: false, required: false
  public get coveredCount() {
    return this.getNumberAttribute('covered_count');
  }

  // held_count - computed: true, optional: false, required: false
  public get heldCount() {
    return this.getNumberAttribute('held_count');
  }

  // hold_api - computed: true, optional: false, required: false
  public get holdApi() {
    return this.getStringAttribute('hold_api');
  }

  // matter - computed: true, optional: false, required: false
  public get matter() {
    return this.getStringAttribute('matter');
  }

  // name - computed: true, optional: false, required: false
  public get name() {
    return this.getStringAttribute('name');
  }

  // organization_id - computed: true, optional: false, required: false
  public get organizationId() {
    return this.getStringAttribute('organization_id');
  }

  // places - computed: true, optional: false, required: false
  public get places() {
    return this.getListAttribute('places');
  }

  // release_reason - computed: true, optional: false, required: false
  public get releaseReason() {
    return this.getStringAttribute('release_reason');
  }

  // released_at - computed: true, optional: false, required: false
  public get releasedAt() {
    return this.getStringAttribute('released_at');
  }

  // resource_type - computed: true, optional: false, required: false
  public get resourceType() {
    return this.getStringAttribute('resource_type');
  }

  // since - computed: true, optional: false, required: false
  public get since() {
    return this.getStringAttribute('since');
  }

  // state - computed: true, optional: false, required: false
  public get state() {
    return this.getStringAttribute('state');
  }
}

export class DataGenesyscloudComplianceHoldsClaimsList extends cdktf.ComplexList {

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
  public get(index: number): DataGenesyscloudComplianceHoldsClaimsOutputReference {
    return new DataGenesyscloudComplianceHoldsClaimsOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}

/**
* Represents a `genesyscloud_compliance_holds`
*/
export class DataGenesyscloudComplianceHolds extends cdktf.TerraformDataSource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "genesyscloud_compliance_holds";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a DataGenesyscloudComplianceHolds resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the DataGenesyscloudComplianceHolds to import
  * @param importFromId The id of the existing DataGenesyscloudComplianceHolds that should be imported. Refer to the `import section` in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the DataGenesyscloudComplianceHolds to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "genesyscloud_compliance_holds", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new `genesyscloud_compliance_holds` Data Source
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options DataGenesyscloudComplianceHoldsConfig = {}
  */
  public constructor(scope: Construct, id: string, config: DataGenesyscloudComplianceHoldsConfig = {}) {
    super(scope, id, {
      terraformResourceType: 'genesyscloud_compliance_holds',
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
    this._conversationId = config.conversationId;
    this._includeReleased = config.includeReleased;
    this._matter = config.matter;
    this._object = config.object;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // claims - computed: true, optional: false, required: false
  private _claims = new DataGenesyscloudComplianceHoldsClaimsList(this, "claims", false);
  public get claims() {
    return this._claims;
  }

  // conversation_id - computed: false, optional: true, required: false
  private _conversationId?: string; 
  public get conversationId() {
    return this.getStringAttribute('conversation_id');
  }
  public set conversationId(value: string) {
    this._conversationId = value;
  }
  public resetConversationId() {
    this._conversationId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get conversationIdInput() {
    return this._conversationId;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // include_released - computed: false, optional: true, required: false
  private _includeReleased?: boolean | cdktf.IResolvable; 
  public get includeReleased() {
    return this.getBooleanAttribute('include_released');
  }
  public set includeReleased(value: boolean | cdktf.IResolvable) {
    this._includeReleased = value;
  }
  public resetIncludeReleased() {
    this._includeReleased = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get includeReleasedInput() {
    return this._includeReleased;
  }

  // matter - computed: false, optional: true, required: false
  private _matter?: string; 
  public get matter() {
    return this.getStringAttribute('matter');
  }
  public set matter(value: string) {
    this._matter = value;
  }
  public resetMatter() {
    this._matter = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get matterInput() {
    return this._matter;
  }

  // object - computed: false, optional: true, required: false
  private _object?: string; 
  public get object() {
    return this.getStringAttribute('object');
  }
  public set object(value: string) {
    this._object = value;
  }
  public resetObject() {
    this._object = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get objectInput() {
    return this._object;
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
      conversation_id: cdktf.stringToTerraform(this._conversationId),
      include_released: cdktf.booleanToTerraform(this._includeReleased),
      matter: cdktf.stringToTerraform(this._matter),
      object: cdktf.stringToTerraform(this._object),
    };
  }

  protected override synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      conversation_id: {
        value: cdktf.stringToHclTerraform(this._conversationId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      include_released: {
        value: cdktf.booleanToHclTerraform(this._includeReleased),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      matter: {
        value: cdktf.stringToHclTerraform(this._matter),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      object: {
        value: cdktf.stringToHclTerraform(this._object),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
