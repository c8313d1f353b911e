import { outsidePeople } from './people.ts'

/** The two pages that every stand-in shows: who is it, and may the application know. */

const page = (name: string, body: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${name} (stand-in)</title></head>
<body><main><h1>${name} (stand-in)</h1><p>Not the real ${name}: people and passwords are made up.</p>${body}</main></body></html>`

const hidden = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('')

export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)

/** `action` takes `account`: the id of a person, or nothing of it from who turned back. */
export function loginPage(name: string, action: string, fields: Record<string, string> = {}): string {
  const people = outsidePeople
    .map(
      ({ id, givenName, familyName, email }) =>
        `<p><button name="account" value="${id}">${givenName} ${familyName} (${email})</button></p>`,
    )
    .join('')
  return page(
    name,
    `<h2>Who are you?</h2><form method="post" action="${escapeHtml(action)}">${hidden(fields)}${people}<p><button name="account" value="">Cancel</button></p></form>`,
  )
}

/** `action` takes `allow`: `yes`, or nothing. */
export function consentPage(name: string, action: string, fields: Record<string, string> = {}): string {
  return page(
    name,
    `<h2>May Azora know your name and e-mail address?</h2><form method="post" action="${escapeHtml(action)}">${hidden(fields)}<p><button name="allow" value="yes">Allow</button></p><p><button name="allow" value="">Cancel</button></p></form>`,
  )
}
