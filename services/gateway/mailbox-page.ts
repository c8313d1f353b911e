import type { Email } from '@azora/kit/mail.ts'
import { escapeHtml } from './answers.ts'

const link = /https?:\/\/[^\s<>"'&]+(?:&#38;[^\s<>"'&]+)*/g

/** Escaped text with its web addresses made followable. */
function linked(text: string): string {
  return escapeHtml(text).replace(link, address => `<a href="${address}" rel="noreferrer">${address}</a>`)
}

/** The local mailbox as a page: the emails' plain text, newest first, and nothing that runs. */
export function renderMailbox(messages: (Email & { id: string; sentAt: string })[]): string {
  const items = messages.map(
    message => `<article>
<h2>${escapeHtml(message.subject)}</h2>
<p>To ${escapeHtml(message.to)}, <time>${escapeHtml(message.sentAt)}</time></p>
<pre>${linked(message.text)}</pre>
</article>`,
  )
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Local mailbox</title>
<style>
body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
article{border-top:1px solid #8886;padding:1rem 0}h2{font-size:1.1rem;margin:0}p{margin:.2rem 0;opacity:.75}
pre{white-space:pre-wrap;font:inherit}
</style>
<h1>Local mailbox</h1>
<p>No mail server is set, so emails stay here. Set SMTP_URL to send them.</p>
${items.join('\n') || '<p>No emails yet.</p>'}
</html>`
}
