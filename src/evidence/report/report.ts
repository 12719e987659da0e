/** The report of a pack: one page that needs nothing but itself. Pure. */
import { counted } from '../../words';
import type { PackFacts } from '../pack/facts';
import { differences } from './differences';
import { releases, timeline } from './history';
import { html, prose, type Markup } from './html';
import { processParagraphs } from './process';
import { held, scope } from './scope';
import { styleOf } from './style';
import { summary } from './summary';
import { table } from './table';
import { glossary, time } from './words';

/** The page as text. */
export function reportHtml(facts: PackFacts): string {
  const { matter } = facts;
  const body = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="referrer" content="no-referrer" />
        <title>Evidence report: ${matter}</title>
        <style>
          ${{ markup: styleOf(matter) }}
        </style>
      </head>
      <body>
        <header>
          <h1>Evidence report: ${prose(matter)}</h1>
          <p class="soft">Looked at from ${time(facts.lookedFrom)} to ${time(facts.lookedUntil)}. Times are UTC.</p>
        </header>
        <main>
          ${summary(facts)} ${timeline(facts)} ${scope(facts)} ${held(facts)} ${differences(facts)} ${releases(facts)}
          ${made(facts)} ${software(facts)} ${glossary()}
        </main>
        <footer>
          <p>
            This page is one file of a pack and proves nothing alone.
            ${facts.keyId === null ? 'The pack is not signed: nobody vouches for it.' : html`The pack is signed with the key <code>${facts.keyId}</code>.`}
            <code>genesyscloud-compliance evidence verify</code> checks it; sha256sum and openssl do so without this
            product.
          </p>
        </footer>
      </body>
    </html> `;
  return body.markup;
}

function made(facts: PackFacts): Markup {
  return html`<section aria-labelledby="process">
    <h2 id="process">How it was done</h2>
    ${processParagraphs(facts).map((text) => html`<p>${prose(text)}</p>`)}
  </section> `;
}

function software({ run, register }: PackFacts): Markup {
  const rows = [
    ...run.software.map(({ name, version }) => [name, version]),
    ['Run by', run.by],
    ['AWS identity', run.awsIdentity],
    ['Genesys Cloud organization', run.genesysOrganization ?? 'unknown: it was not asked'],
    [
      'Register',
      `${register.place}, id ${register.id ?? 'none'}, ${counted(register.entries, 'entry', 'entries')}, SHA-256 of the last one: ${register.head ?? 'none'}`,
    ],
    ['Command', html`<code>${run.command}</code>`],
  ];
  return html`<section aria-labelledby="software">
    <h2 id="software">Software and accounts</h2>
    ${table('What this report was made with', ['What', 'Value'], rows)}
  </section> `;
}
