import type { Email } from './mail.ts'

/**
 * The one layout of our emails, as text and as HTML. The HTML has no images and nothing that tells when it was
 * read; its colours are the reader's own but on the button, so that it is legible on dark as on light ground.
 */
export type EmailPart = string | { link: string; label: string } | { code: string }

type Draft = {
  to: string
  subject: string
  /** Whom to greet; null where the name came from a stranger, or none is known. */
  name: string | null
  parts: EmailPart[]
  /** In whose name it is written, and where that is. */
  schoolName: string
  publicUrl: string
}

export function composeEmail({ to, subject, name, parts, schoolName, publicUrl }: Draft): Email {
  const greeting = name === null ? 'Hello,' : `Hello ${oneLine(name)},`
  const body = [greeting, ...parts.map(part => (typeof part === 'string' ? oneLine(part) : part))]
  const school = oneLine(schoolName)
  return {
    to: oneLine(to),
    subject: oneLine(subject),
    text: [...body.map(asText), `--\n${school}\n${publicUrl}`].join('\n\n'),
    html: page(oneLine(subject), school, body.map(asHtml).join('\n'), publicUrl),
  }
}

/**
 * Text that a person chose, on one line: no line breaks that would begin another header (RFC 5322, 2.2) or another
 * paragraph in our voice, and no characters that turn the direction of what follows.
 */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
}

function asText(part: EmailPart): string {
  if (typeof part === 'string') return part
  return 'code' in part ? inThrees(part.code) : `${part.label}:\n${part.link}`
}

const inThrees = (code: string) => code.replace(/(\d{3})(?=\d)/g, '$1 ')

const button = [
  'display:inline-block;padding:12px 20px;border-radius:8px;font-weight:600;text-decoration:none',
  'background-color:#0f6f67;color:#ffffff',
].join(';')

function asHtml(part: EmailPart): string {
  if (typeof part === 'string') return `<p style="margin:0 0 16px">${escaped(part)}</p>`
  if ('code' in part) {
    const style = 'margin:0 0 16px;font-family:ui-monospace,Consolas,monospace;font-size:30px;font-weight:700'
    return `<p style="${style};letter-spacing:3px">${escaped(inThrees(part.code))}</p>`
  }
  const link = escaped(part.link)
  return `<p style="margin:0 0 8px"><a href="${link}" style="${button}">${escaped(part.label)}</a></p>
<p style="margin:0 0 16px;font-size:13px;word-break:break-all">${link}</p>`
}

function page(title: string, school: string, body: string, publicUrl: string): string {
  const font = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,sans-serif;font-size:16px;line-height:1.5'
  const address = escaped(publicUrl)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(title)}</title>
</head>
<body style="margin:0;padding:24px 16px;${font}">
<div style="max-width:544px;margin:0 auto">
<p style="margin:0 0 24px;font-weight:700">${escaped(school)}</p>
${body}
<p style="margin:32px 0 0;padding-top:16px;border-top:1px solid #8a8a8a;font-size:13px">${escaped(school)}<br>
<a href="${address}" style="color:inherit">${address}</a></p>
</div>
</body>
</html>`
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replace(/[&<>"']/g, character => entities[character] as string)
