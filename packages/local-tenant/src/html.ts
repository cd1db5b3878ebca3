/** Text that is safe between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** What stands on a page of the local tenant or of a sample IdP. `content` is HTML; the rest is text. */
export interface Page {
  readonly title: string;
  readonly content: string;
}

const style = `
:root { color-scheme: light dark; --line: #d0d4dc; --soft: #5b6472; --action: #2848c8; --ground: #f3f4f7; --sheet: #fff }
@media (prefers-color-scheme: dark) { :root { --line: #3a404c; --soft: #a2abbb; --action: #8fa6ff; --ground: #14161a; --sheet: #1d2026 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; padding: 1rem; display: grid; place-items: center; background: var(--ground); font: 16px/1.5 system-ui, sans-serif }
main { width: min(26rem, 100%); padding: 2rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 12px }
h1 { font-size: 1.35rem; margin: 0 0 .25rem }
p { margin: .25rem 0 1rem; color: var(--soft) }
form { display: grid; gap: .6rem; margin: 0 0 1rem }
label { display: grid; gap: .2rem; font-size: .9rem }
input:not([type=hidden]) { font: inherit; padding: .55rem .7rem; border: 1px solid var(--line); border-radius: 8px; background: transparent }
button { font: inherit; padding: .6rem .8rem; border: 1px solid var(--line); border-radius: 8px; background: transparent; cursor: pointer; text-align: left }
button.action { background: var(--action); border-color: var(--action); color: var(--sheet); text-align: center }
:focus-visible { outline: 3px solid var(--action); outline-offset: 2px }
.error { color: #b3261e } @media (prefers-color-scheme: dark) { .error { color: #ff9d94 } }
ul { margin: 0 0 1rem; padding-left: 1.1rem; color: var(--soft) }
.row { display: flex; gap: .6rem } .row > * { flex: 1 }
small { color: var(--soft) }`;

/** Headers of every page: no script, nothing from elsewhere, not in a frame, nothing kept. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** A whole page. */
export function renderPage({ title, content }: Page): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
${content}
</main></body></html>
`;
}
