import { checkDocument } from './bounds.ts'
import type { BillingDocument } from './document.ts'
import { drawInvoice, invoiceTitle } from './invoice-pages.ts'
import { Sheet } from './page/sheet.ts'
import { drawStatement } from './statement-pages.ts'
import { wordingOf } from './wording.ts'

/**
 * The PDF of a document: tagged, with its title and language, after PDF/UA-1 (ISO 14289-1). The same document gives the
 * same bytes. It takes its time, so services ask a thread for it: make-document.ts.
 *
 * @throws UnmakeableDocument
 */
export async function drawDocument(document: BillingDocument): Promise<Uint8Array> {
  checkDocument(document)
  const wording = wordingOf(document.locale)
  const { language, direction } = wording
  const kind = wording.say(document.kind === 'statement' ? 'title.statement' : invoiceTitle(document))
  const on = new Date(`${document.issuedOn}T00:00:00Z`)
  const title = `${kind} ${document.number}`
  const sheet = new Sheet({ title, language, direction, paper: document.paper, on })
  if (document.kind === 'statement') drawStatement(sheet, document, wording)
  else drawInvoice(sheet, document, wording)
  sheet.foot((page, pages) => ({
    start: `${title} · ${document.seller.name}`,
    end: wording.say('page', { page: wording.number(page), pages: wording.number(pages) }),
  }))
  return await sheet.finish()
}
