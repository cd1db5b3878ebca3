import type { CatalogueEntry } from './catalogue-entry.ts';

/** The catalogue as a Markdown page for people. */
export function strategiesTable(entries: readonly CatalogueEntry[]): string {
  const rows = entries.map((entry) => `| ${row(entry).join(' | ')} |`);
  return [
    '# What is known of each strategy',
    '',
    'Made from `src/strategies` and `src/presets` by `pnpm --filter @idp-relay/idp-catalogue exec vitest run --update`.',
    '',
    '| strategy | IdP | relayable | token sent by | token ends | renewable | default base URL | confidence |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function row(entry: CatalogueEntry): string[] {
  const { accessToken, refresh } = entry;
  const ends =
    accessToken.lifetimeSeconds === undefined
      ? accessToken.expires
      : `${accessToken.expires}, ${accessToken.lifetimeSeconds} s`;
  return [
    entry.strategy === entry.name ? `\`${entry.name}\`` : `\`${entry.strategy}\` / ${entry.name}`,
    entry.displayName,
    entry.relayable,
    describeTransport(entry),
    entry.issuesToken === 'never' ? 'no token' : ends,
    refresh?.condition === undefined ? (refresh?.possible ?? 'no') : `if: ${refresh.condition}`,
    entry.apiBaseUrls[0] ?? entry.apiBaseUrlTemplate ?? '',
    entry.confidence,
  ];
}

function describeTransport({ tokenTransport: transport }: CatalogueEntry): string {
  switch (transport.in) {
    case 'authorization':
      return transport.scheme;
    case 'header':
      return `header ${transport.name}`;
    case 'query':
    case 'form':
      return `${transport.in} ${transport.parameter}`;
    default:
      return transport.in;
  }
}
