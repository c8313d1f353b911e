import { createHash } from 'node:crypto'

/**
 * The frame of the sandbox's pages: HTML and one style sheet, no script and nothing from elsewhere. What comes from
 * outside is text, escaped by `html`.
 */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = Html | string | number | null | readonly Html[]

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function shown(part: Part): string {
  if (part === null) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'object') return part.map(shown).join('')
  return String(part).replace(/[&<>"']/g, sign => entities[sign] ?? sign)
}

export const html = (texts: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(texts.map((text, at) => text + shown(parts[at] ?? null)).join(''))

const style = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--ground:#fff;--panel:#f6f8fa;--line:#8c959f;--act:#0b57d0;--onact:#fff;--bad:#b3261e;--warn:#fff4ce;--onwarn:#3d2c00}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#a8b3bf;--ground:#0d1117;--panel:#161b22;--line:#6e7781;--act:#a8c7fa;--onact:#062e6f;--bad:#ffb4ab;--warn:#4a3800;--onwarn:#ffe9a8}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
.sandbox{background:var(--warn);color:var(--onwarn);padding:.75rem 1rem;text-align:center;margin:0}
main{max-width:30rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}
h2{font-size:1.1rem;margin:2rem 0 .5rem}
.items{list-style:none;margin:0 0 1rem;padding:0}
.items li,.total{display:flex;gap:1rem;justify-content:space-between;padding:.5rem 0;border-bottom:1px solid var(--line)}
.items span+span,.total span+span{white-space:nowrap}
.total{font-weight:600;border:0;margin:0 0 1.5rem}
.soft{color:var(--soft)}
.field{margin:0 0 1rem}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
label{display:block;font-weight:600;margin-bottom:.25rem}
input{width:100%;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--line);border-radius:.4rem;padding:.6rem .7rem;min-height:2.75rem}
input[aria-invalid=true]{border:2px solid var(--bad)}
.error{color:var(--bad);margin:.25rem 0 0}
.alert{border:2px solid var(--bad);border-radius:.4rem;padding:.75rem 1rem;margin:0 0 1rem}
button,.button{display:inline-block;font:inherit;font-weight:600;border:1px solid var(--act);border-radius:.4rem;padding:.65rem 1.1rem;min-height:2.75rem;cursor:pointer;background:var(--act);color:var(--onact);text-decoration:none}
button.second{background:transparent;color:var(--act)}
.wide{width:100%}
.choices{display:flex;flex-wrap:wrap;gap:.75rem}
a{color:var(--act)}
:focus-visible{outline:3px solid var(--act);outline-offset:2px}
details{margin-top:2rem;border:1px solid var(--line);border-radius:.4rem;padding:.5rem 1rem;background:var(--panel)}
summary{cursor:pointer;font-weight:600;min-height:2rem}
dl{margin:.5rem 0}
dt{font-variant-numeric:tabular-nums}
dd{margin:0 0 .5rem;color:var(--soft)}
`
const styleHash = createHash('sha256').update(style).digest('base64')

export type PageAnswer = { status: number; headers: Record<string, string>; body: string }

/** @param leadsTo where its form may end, through redirects; browsers hold back what is not named here */
export function page(status: number, title: string, content: Html, leadsTo: string[] = []): PageAnswer {
  const targets = ["'self'", ...new Set(leadsTo.map(address => new URL(address).origin))].join(' ')
  const body = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} – Stripe sandbox</title>
<style>${new Html(style)}</style>
</head>
<body>
<p class="sandbox" role="note"><strong>Sandbox: no real money moves.</strong> Do not enter a real card.</p>
<main>${content}</main>
</body>
</html>`
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action ${targets}; frame-ancestors 'none'; base-uri 'none'`,
      // The form's origin is checked, so it must be sent; where the person goes on to learns nothing of the session.
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
    },
    body: body.text,
  }
}

/** On to another page, asked for anew. */
export const seeOther = (address: string): PageAnswer => ({
  status: 303,
  headers: { Location: address, 'Cache-Control': 'no-store', 'Referrer-Policy': 'same-origin' },
  body: '',
})
