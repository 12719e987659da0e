import type { ConfigResourceJson, Row } from '../plan-json';
import type { StoredBytes } from './byte-store';

/** A resource of the configuration that is parsed when it is first asked for: of most, nobody asks. */
export class LaterResource implements ConfigResourceJson {
  private parsed: Partial<ConfigResourceJson> | undefined;

  constructor(
    readonly address: string,
    private readonly text: StoredBytes,
  ) {}

  get provider_config_key(): string | undefined {
    return this.all.provider_config_key;
  }

  get expressions(): Row | undefined {
    return this.all.expressions;
  }

  get depends_on(): readonly string[] | undefined {
    return this.all.depends_on;
  }

  get count_expression(): unknown {
    return this.all.count_expression;
  }

  get for_each_expression(): unknown {
    return this.all.for_each_expression;
  }

  toJSON(): object {
    return this.all;
  }

  private get all(): Partial<ConfigResourceJson> {
    const { bytes, from, to } = this.text;
    return (this.parsed ??= JSON.parse(bytes.toString('utf8', from, to)) as Partial<ConfigResourceJson>);
  }
}
