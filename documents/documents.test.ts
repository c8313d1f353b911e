import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { bounds, checkDocument, UnmakeableDocument } from './bounds.ts'
import type { BillingDocument } from './document.ts'
import { drawDocument } from './draw-document.ts'
import { makeDocument } from './make-document.ts'
import { invoice, invoiceOfLines, learner, school, statement } from './samples/documents.ts'
import { inOrder, type ReadPage, readPdf } from './samples/read-pdf.ts'

const read = async (document: BillingDocument) => readPdf(await drawDocument(document))
const elements = (page: ReadPage | undefined) => (page ? inOrder(page.structure) : [])
const textsOf = (page: ReadPage | undefined, role: string) =>
  elements(page)
    .filter(element => element.role === role)
    .map(({ text }) => text)
/** Amounts and dates hold spaces that do not break. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

const arabic = () =>
  invoiceOfLines(['الأحياء البحرية: دورة ميدانية (6 رحلات) مع Python 3', 'كتاب القراءة'], {
    locale: 'ar-EG',
    currency: 'EGP',
    taxName: 'ضريبة القيمة المضافة',
    seller: { ...school, name: 'أكاديمية خليج المعرفة' },
    notes: [],
  })

test('A document says that it is tagged, its title and its language, and shows the title.', async () => {
  const pdf = await read(invoice())
  assert.equal(pdf.title, 'Tax invoice TBA-2026-000417')
  assert.equal(pdf.language, 'en')
  assert.equal(pdf.marked.get('Marked'), true)
  assert.equal(pdf.preferences.get('DisplayDocTitle'), true)
  assert.deepEqual(pdf.outline, ['Tax invoice', 'What it is for', 'Totals'])
  const bytes = Buffer.from(await drawDocument(invoice())).toString('latin1')
  assert.match(bytes, /<pdfuaid:part>1<\/pdfuaid:part>/)
})

test('An invoice is read in the order in which a person reads it, headings first.', async () => {
  const [page] = (await read(invoice())).pages
  assert.deepEqual(textsOf(page, 'H1'), ['Tax invoice'])
  assert.deepEqual(textsOf(page, 'H2'), ['Billed to', 'What it is for', 'Totals', 'Notes'])
  const order = elements(page).map(({ text }) => plain(text))
  const at = (text: string) => {
    const place = order.findIndex(one => one.includes(text))
    assert.ok(place >= 0, text)
    return place
  }
  const places = [
    'Table Bay Academy',
    'VAT no. 4123456789',
    'Tax invoice',
    'Nomvula Dlamini',
    'TBA-2026-000417',
    'Description',
    'Marine biology',
    'Total without VAT',
    'Amount due',
    'Please pay',
  ].map(at)
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  )
})

test('Lines are a table with headings of columns, and each amount is beside what it is for.', async () => {
  const [page] = (await read(invoice())).pages
  const tables = elements(page).filter(({ role }) => role === 'Table')
  const lines = tables.find(table => table.children[0]?.role === 'THead')
  assert.deepEqual(
    inOrder(lines as never).flatMap(({ role, text }) => (role === 'TH' ? [text] : [])),
    ['Description', 'Quantity', 'Price of one', 'VAT', 'Amount without VAT'],
  )
  const rows = (lines?.children[1]?.children ?? []).map(row => row.children.map(({ text }) => plain(text)))
  assert.equal(rows.length, 4)
  assert.deepEqual(rows[2]?.slice(1), ['1', 'R 300,00', '15%', 'R 300,00'])
  assert.match(rows[2]?.[0] ?? '', /What is left of the period: 15 of 30 days, 16 Nov 2026 –\s*30 Nov 2026/)
  assert.match(rows[0]?.[0] ?? '', /Discount SUMMER10: -R 129,90/)
})

test('Totals are named, and say what was paid and what is due.', async () => {
  const [page] = (await read(invoice())).pages
  const totals = elements(page)
    .filter(({ role }) => role === 'Table')
    .at(-1)
  assert.deepEqual(
    totals?.children.map(({ children }) => children.map(({ role, text }) => `${role} ${plain(text)}`)),
    [
      ['TH Total without VAT', 'TD R 1 364,10'],
      ['TH VAT at 15% on R 1 319,10', 'TD R 197,87'],
      ['TH Exempt, R 45,00', 'TD R 0,00'],
      ['TH Total', 'TD R 1 561,97'],
      ['TH Gift code used on 28 Nov 2026', 'TD -R 500,00'],
      ['TH Amount due', 'TD R 1 061,97'],
    ],
  )
})

test('The same document gives the same bytes, and another day gives others.', async () => {
  const logo = new Uint8Array(readFileSync(new URL('./samples/logo.png', import.meta.url)))
  const first = await drawDocument(invoice({ logo }))
  assert.deepEqual(await drawDocument(invoice({ logo })), first)
  assert.notDeepEqual(await drawDocument(invoice({ logo, issuedOn: '2026-11-29' })), first)
  const [page] = (await readPdf(first)).pages
  const figure = elements(page).find(({ role }) => role === 'Figure')
  assert.equal(figure?.alt, `Logo of ${school.name}`)
})

test('A logo may be a JPEG, too.', async () => {
  const logo = new Uint8Array(readFileSync(new URL('./samples/logo.jpg', import.meta.url)))
  const bytes = Buffer.from(await drawDocument(invoice({ logo })))
  assert.ok(bytes.includes(Buffer.from('/DCTDecode')))
})

test('A receipt, a credit note and a statement say what they are.', async () => {
  const { total } = invoice()
  const nothing = { amountMinor: 0, currency: 'ZAR' }
  const settlements = [
    { code: 'card' as const, on: '2026-11-28', amount: { ...total, amountMinor: -total.amountMinor } },
  ]
  const receipt = await read(invoice({ kind: 'receipt', refersTo: 'TBA-1', settlements, due: nothing }))
  assert.equal(receipt.title, 'Receipt TBA-2026-000417')
  const said = textsOf(receipt.pages[0], 'TH').map(plain)
  for (const text of ['For invoice', 'Paid by card on 28 Nov 2026', 'Paid in full'])
    assert.ok(said.includes(text))
  const credit = await read(invoice({ kind: 'credit_note', refersTo: 'TBA-1', settlements: [], due: total }))
  assert.equal(credit.title, 'Credit note TBA-2026-000417')
  assert.ok(textsOf(credit.pages[0], 'TH').includes('Total credited'))
  assert.ok(!textsOf(credit.pages[0], 'TH').includes('Amount due'))
  const account = await read(statement(5))
  assert.equal(account.title, 'Statement ST-2026-11')
  const cells = textsOf(account.pages[0], 'TD').map(plain)
  assert.deepEqual(
    [cells.indexOf('Opening balance') < cells.indexOf('Deposit by card'), cells.includes('Closing balance')],
    [true, true],
  )
})

test('An invoice without tax is no tax invoice.', async () => {
  const zero = { amountMinor: 0, currency: 'ZAR' }
  const { lines, net } = invoice()
  const free = lines.map(line => ({ ...line, category: 'exempt' as const, tax: zero, gross: line.net }))
  const taxes = [{ category: 'exempt' as const, rate: { numerator: 0, denominator: 100 }, net, tax: zero }]
  const untaxed = { lines: free, taxes, tax: zero, total: net, settlements: [], due: net }
  assert.equal((await read(invoice(untaxed))).title, 'Invoice TBA-2026-000417')
})

test('In Arabic the page is turned around: it begins at the right, and amounts are at the left.', async () => {
  const pdf = await read(arabic())
  assert.equal(pdf.language, 'ar')
  const { pieces = [], width = 0 } = pdf.pages[0] ?? {}
  const ends = (text: string) => {
    const piece = pieces.find(one => one.text.includes(text))
    assert.ok(piece, text)
    return [piece.left, piece.left + piece.width] as const
  }
  assert.ok(Math.abs(ends('TBA-2026-000417')[0] - 50) < 1, 'a fact ends at the left margin')
  // Amounts keep the order of their digits, in whatever direction letters go.
  assert.ok(
    pieces.some(({ text }) => text.includes('٢٠١٫٣٧')),
    'the total',
  )
  const [, title] = ends('فاتورة')
  assert.ok(Math.abs(title - (width - 50)) < 1, 'the title begins at the right margin')
})

test('What is seen in another order than it is read in has its text beside it.', async () => {
  const [page] = (await read(arabic())).pages
  const beside = elements(page).map(({ alt }) => alt)
  for (const text of ['فاتورة ضريبية', 'الأحياء البحرية: دورة ميدانية (6 رحلات) مع Python 3'])
    assert.ok(beside.includes(text), text)
  assert.ok(!beside.includes('TBA-2026-000417'))
})

test('Arabic can be searched for and copied, with its dots.', async () => {
  const [page] = (await read(arabic())).pages
  const found = page?.pieces.map(({ text }) => text) ?? []
  for (const word of ['الوصف', 'القيمة', 'التاريخ'])
    assert.ok(
      found.some(text => text.includes(word)),
      word,
    )
})

test('A heading of the lines stands over them, and fifty courses under it with long names go over pages.', async () => {
  const names = Array.from(
    { length: 50 },
    (_, at) =>
      `${at + 1}: the long way of a river from its spring in the mountains to the sea, and what lives in it`,
  )
  const document = { ...invoiceOfLines(names), heading: 'All about water' }
  const { pages } = await read(document)
  const order = pages.flatMap(page => elements(page).map(({ text }) => text))
  const heading = order.indexOf('All about water')
  assert.ok(heading >= 0 && heading < order.findIndex(text => text.startsWith('1: ')))
  const numbers = pages
    .flatMap(page => textsOf(page, 'TD'))
    .flatMap(text => /^(\d+): .* lives in it$/s.exec(text)?.[1] ?? [])
  assert.deepEqual(
    numbers,
    names.map((_, at) => String(at + 1)),
  )
  assert.throws(() => checkDocument({ ...document, heading: 'x'.repeat(bounds.characters + 1) }))
})

test('Three hundred lines go over pages: each once, under its headings, within the margins.', async () => {
  const names = Array.from({ length: 300 }, (_, at) => `Seat ${at + 1} of the winter term`)
  const { pages } = await read(invoiceOfLines(names))
  assert.ok(pages.length > 5)
  const cells = pages.flatMap(page => textsOf(page, 'TD'))
  assert.deepEqual(
    cells.filter(text => text.startsWith('Seat ')),
    names,
  )
  const headings = pages.map(({ pieces }) => pieces.filter(({ text }) => text === 'Description').length)
  assert.deepEqual(new Set(headings), new Set([1]))
  assert.equal(pages.flatMap(page => textsOf(page, 'TH')).filter(text => text === 'Description').length, 1)
  for (const [at, { pieces, width, height }] of pages.entries()) {
    assert.ok(pieces.some(({ text }) => text === `Page ${at + 1} of ${pages.length}`))
    for (const { text, left, top, width: wide } of pieces)
      assert.ok(left > 49 && left + wide < width - 49 && top > 49 && top < height - 40, text)
  }
})

test('The longest names break over lines, within the margins, in whatever script.', async () => {
  const endless = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(4)
  const many = 'Αθήνα · Київ · አዲስ አበባ · नई दिल्ली · ירושלים · القاهرة · 東京 '.repeat(5)
  const long = { ...learner, name: endless, address: [many, endless] }
  const { pages } = await read(invoice({ buyer: long, seller: { ...school, name: many } }))
  for (const { pieces, width, height } of pages)
    for (const { text, left, top, width: wide } of pieces)
      assert.ok(left > 49 && left + wide < width - 49 && top < height - 40, text)
})

test('A note of many paragraphs goes over pages and loses none of them.', async () => {
  const paragraphs = Array.from({ length: 100 }, (_, at) => `Condition ${at + 1}`)
  const { pages } = await read(
    invoice({ notes: [paragraphs.slice(0, 50).join('\n'), paragraphs.slice(50).join('\n')] }),
  )
  const said = pages.flatMap(page => textsOf(page, 'P')).filter(text => text.startsWith('Condition'))
  assert.deepEqual(said, paragraphs)
  for (const { pieces, height } of pages)
    for (const { text, top } of pieces) assert.ok(top < height - 40, text)
})

test('A document in a language that there are no words of is in English.', async () => {
  const pdf = await read(invoice({ locale: 'sw-KE' }))
  assert.equal(pdf.language, 'en')
  assert.deepEqual(textsOf(pdf.pages[0], 'H1'), ['Tax invoice'])
})

test('A document that does not add up is not made.', () => {
  const cent = (amountMinor: number) => ({ amountMinor, currency: 'ZAR' })
  const good = invoice()
  checkDocument(good)
  const wrong: BillingDocument[] = [
    invoice({ net: cent(good.net.amountMinor + 1) }),
    invoice({ tax: cent(good.tax.amountMinor + 1) }),
    invoice({ taxes: good.taxes.slice(1) }),
    invoice({ total: cent(good.total.amountMinor + 1) }),
    invoice({ due: cent(good.due.amountMinor + 1) }),
    invoice({ settlements: [] }),
    invoice({ lines: good.lines.map((line, at) => (at === 0 ? { ...line, gross: cent(1) } : line)) }),
    statement(3, { closing: cent(1) }),
    statement(3, { opening: cent(1) }),
    statement(3, { entries: statement(3).entries.slice(1) }),
  ]
  for (const document of wrong) assert.throws(() => checkDocument(document), UnmakeableDocument)
})

test('A document that holds too much, or what is no picture, is not made.', async () => {
  const png = readFileSync(new URL('./samples/logo.png', import.meta.url))
  const huge = new Uint8Array(png)
  new DataView(huge.buffer, huge.byteOffset).setUint32(16, 60_000)
  const none = { amountMinor: 0, currency: 'ZAR' }
  const tooLong = 'x'.repeat(bounds.characters + 1)
  const wrong: BillingDocument[] = [
    invoice({ number: 'A & B' }),
    invoice({ number: '' }),
    invoice({ buyer: { ...learner, name: tooLong } }),
    invoice({ buyer: { ...learner, name: 'a\nb' } }),
    invoice({ buyer: { ...learner, address: Array.from({ length: 12 }, () => 'x'.repeat(100)) } }),
    invoice({
      settlements: Array.from({ length: 13 }, () => ({ code: 'card', on: '2026-11-28', amount: none })),
    }),
    invoice({
      lines: invoice().lines.map(line => ({
        ...line,
        discounts: Array(11).fill({ coupon: 'C', amount: none }),
      })),
    }),
    statement(1, { entries: statement(1).entries.map(entry => ({ ...entry, reference: tooLong })) }),
    invoice({ lines: invoice().lines.map(line => ({ ...line, description: tooLong })) }),
    invoice({ notes: Array.from({ length: bounds.notes + 1 }, () => 'x') }),
    invoice({ accent: 'url(x)' }),
    invoice({ logo: new Uint8Array(Buffer.from('<svg/>')) }),
    invoice({ logo: new Uint8Array(png.subarray(0, 400)) }),
    invoice({ logo: huge }),
    invoice({ logo: new Uint8Array(bounds.logoBytes + 1).fill(0xff) }),
    statement(bounds.lines + 1),
  ]
  for (const document of wrong) assert.throws(() => checkDocument(document), UnmakeableDocument)
  // What begins as a JPEG and is none is only found when it is opened.
  const noJpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 0, 1, 2, 3])
  await assert.rejects(drawDocument(invoice({ logo: noJpeg })), UnmakeableDocument)
})

test('A thread makes the same document, and says what is wrong with another.', async () => {
  const [made, drawn] = await Promise.all([makeDocument(invoice(), 'someone'), drawDocument(invoice())])
  assert.deepEqual(made, drawn)
  const total = { amountMinor: 1, currency: 'ZAR' }
  await assert.rejects(makeDocument(invoice({ total }), 'someone'), UnmakeableDocument)
})
