/** A module of Terraform: what is there already, and what a remedy says to write into it. Nothing else is in it. */

/** Words in which a remedy shows one argument: `Set batch_interval = "P7D" on genesyscloud_recording_export_job.sms.` */
const ARGUMENT = /\b(?:Set|Write|set) ([a-z_]+(?:\.[a-z_]+)?) = ("[^"]*"|[\w-]+)(?: on (\S+?))?(?=[.,;)]*(?:\s|$))/g;

const ADDRESS = /^(?:data\.)?(?:aws|genesyscloud)_\w+\.[\w-]+$/;

/** What a resource has to have, where nothing else is said about it. */
const REQUIRED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_iam_policy: { name: '"recordings"', policy: '"{}"' },
  aws_iam_role: { name: '"recordings"', assume_role_policy: '"{}"' },
  aws_iam_role_policy: { role: '"recordings"', policy: '"{}"' },
  aws_iam_role_policy_attachment: { role: '"recordings"', policy_arn: '"arn:aws:iam::aws:policy/ReadOnlyAccess"' },
  aws_s3_bucket: { bucket: '"recordings"' },
  aws_s3_bucket_policy: { bucket: '"recordings"', policy: '"{}"' },
  aws_s3_bucket_lifecycle_configuration: {
    bucket: '"recordings"',
    rule: '{\n    id = "all"\n    status = "Enabled"\n  }',
  },
  aws_s3_bucket_object_lock_configuration: { bucket: '"recordings"' },
  aws_s3_bucket_versioning: { bucket: '"recordings"', versioning_configuration: '{\n    status = "Enabled"\n  }' },
  genesyscloud_recording_export_job: {
    integration_id: '"7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d"',
    interval: '"2026-01-01T00:00:00Z/2026-02-01T00:00:00Z"',
  },
  genesyscloud_compliance_legalhold: { name: '"Acme v. Example"' },
  genesyscloud_compliance_object_hold: { bucket: '"recordings"', prefix: '"org/"', tags: '{ matter = "M-17" }' },
};

/** One of these says what a hold is about. */
const ABOUT = ['conversation_ids', 'conversations_from', 'export_job_id', 'scope'];

/** An argument that is a block is written without `=`. */
const BLOCKS = new Set(['rule', 'versioning_configuration']);

/** The name that something has in its own module; undefined where it has none. */
export function localName(address: string): string | undefined {
  const name = address.replace(/\[[^\]]*\]/g, '').replace(/^(?:module\.[\w-]+\.)+/, '');
  return ADDRESS.test(name) ? name : undefined;
}

export class HclModule {
  private readonly there: Map<string, readonly string[]>;
  private readonly given = new Map<string, string[]>();
  private readonly pasted: string[] = [];
  private readonly providerLines: string[] = [];

  /** @param addresses what the configuration has already */
  constructor(addresses: readonly string[]) {
    this.there = new Map(addresses.flatMap((one) => (localName(one) === undefined ? [] : [[localName(one)!, []]])));
  }

  /** Import blocks may stand in the root module only. */
  get isRoot(): boolean {
    return this.pasted.some((one) => /^import \{/.test(one));
  }

  /** Does one step of a remedy about `subject`. Throws where something is shown that has no place. */
  follow(words: string, paste: string, subject: string): void {
    for (const [, name = '', value = '', address = subject] of words.matchAll(ARGUMENT)) this.set(address, name, value);
    if (paste.trim() === '' || words.endsWith('In the file of --settings:')) return;
    const text = paste.trimEnd();
    const rulesOf = /^Add to the lifecycle configuration of (\S+) \((\w+)\):$/.exec(words);
    if (rulesOf !== null) this.pasted.push(`resource "${rulesOf[2]}" "more" {\n  bucket = "recordings"\n${text}\n}`);
    else if (/^\{/.test(text)) this.json(words, text);
    else if (/^(?:resource|data) "|^(?:moved|import|removed) \{/.test(text)) this.pasted.push(text);
    else if (/provider block/.test(words)) this.providerLines.push(text);
    else if (/^\s*moved \{/.test(text)) this.pasted.push(text.replace(/^ {2}/gm, ''));
    else if (/^\s*\w+ +(?:= .|\{)/.test(text)) this.add(subject, text);
    else throw new Error(`This has no place: ${words}\n${text}`);
  }

  /** The text of `main.tf`. */
  text(): string {
    const own = this.pasted.flatMap((one) =>
      [...one.matchAll(/^(resource|data) "(\w+)" "([\w-]+)"/gm)].map(
        ([, mode, type, name]) => `${mode === 'data' ? 'data.' : ''}${type}.${name}`,
      ),
    );
    const gone = this.pasted.flatMap((one) => [...one.matchAll(/^\s*from += +(\S+)$/gm)].map(([, from]) => from));
    // The block of what is imported is written by terraform plan -generate-config-out.
    for (const one of this.pasted)
      for (const [, to] of one.matchAll(/^import \{\n\s*to += +(\S+)/gm)) this.there.set(to!, []);
    const skeletons = [...this.there.keys()].filter((one) => !own.includes(one) && !gone.includes(one));
    return [
      ...(this.providerLines.length === 0 ? [] : [`provider "genesyscloud" {\n${this.providerLines.join('\n')}\n}`]),
      ...skeletons.map((one) => this.skeleton(one)),
      ...this.pasted,
    ].join('\n\n');
  }

  private set(address: string, name: string, value: string): void {
    const [block, inner] = name.split('.');
    if (inner !== undefined) {
      this.providerLines.push(`  ${block} {\n    ${inner} = ${value}\n    host = "gateway.example.net"\n  }`);
    } else if (localName(address) === undefined || PROVIDER_ARGUMENTS.has(name)) {
      this.providerLines.push(`  ${name} = ${value}`);
    } else this.add(address, `${name} = ${value}`);
  }

  private add(address: string, text: string): void {
    const name = localName(address);
    if (name === undefined || !this.there.has(name))
      throw new Error(`There is no ${address} to write this into:\n${text}`);
    this.given.set(name, [...(this.given.get(name) ?? []), text]);
  }

  /** A statement, a condition or a document: where it goes has to be there. */
  private json(words: string, text: string): void {
    for (const [address] of words.matchAll(/(?:module\.\S+?\.)?(?:data\.)?aws_\w+\.[\w-]+/g)) {
      const name = localName(address);
      if (name !== undefined && !this.there.has(name))
        throw new Error(`There is no ${address}, of which this speaks: ${words}`);
    }
    this.pasted.push(`locals {\n  pasted_${this.pasted.length} = jsonencode(${text})\n}`);
  }

  private skeleton(address: string): string {
    const [name = '', type = '', mode] = address.split('.').reverse();
    const given = this.given.get(address) ?? [];
    const isGiven = (argument: string): boolean =>
      given.some((one) => new RegExp(`^\\s*${argument}\\b`, 'm').test(one));
    const required = Object.entries(REQUIRED[type] ?? {}).filter(([argument]) => !isGiven(argument));
    const lines = required.map(([argument, value]) => `  ${argument}${BLOCKS.has(argument) ? '' : ' ='} ${value}`);
    if (type === 'genesyscloud_compliance_legalhold' && !ABOUT.some(isGiven)) {
      lines.push('  conversation_ids = ["00000017-0000-4000-8000-000000000001"]');
    }
    return [`${mode === 'data' ? 'data' : 'resource'} "${type}" "${name}" {`, ...lines, ...given, '}'].join('\n');
  }
}

const PROVIDER_ARGUMENTS = new Set(['requests_per_minute', 'external_reference_id_pattern', 'register']);
