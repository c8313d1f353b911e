import { became } from '@azora/contracts/education/import-names.ts'
import { because } from '@azora/contracts/education/import-reasons.ts'
import { readHtmlPage } from '@azora/kit/rich-text/page.ts'
import { escapeHtml, plainText, sanitiseLessonHtml } from '@azora/kit/rich-text/sanitise.ts'
import { cutText } from './entry-names.ts'
import type { FileShelf } from './file-shelf.ts'
import { described, type Ledger } from './ledger.ts'
import { fitsIntroduction } from './qti-limits.ts'
import type { Source } from './source.ts'

/** The description that the manifest has for its course, brought within what a description may be here. */

/** Plain text of a description that is too long, in characters: some three pages. */
const shortened = 10_000

export function courseDescription(
  text: string,
  source: Source,
  { ledger, shelf }: { ledger: Ledger; shelf: FileShelf },
): string | null {
  const html = describedHtml(text)
  if (!html || fitsIntroduction(html, shelf.addressLength)) return html
  shelf.add('description of the course.html', Buffer.from(html), 'text/html', 'attachment')
  const reason = because('description_shortened')
  ledger.note(source.manifest, described(became('course_description'), reason, 'limited'))
  return `<p>${escapeHtml(cutText(plainText(html), shortened))}…</p>`
}

function describedHtml(text: string): string | null {
  return (
    sanitiseLessonHtml(
      /<[a-z]+[\s/>]/i.test(text) ? readHtmlPage(text).body : `<p>${escapeHtml(text)}</p>`,
    ) || null
  )
}
