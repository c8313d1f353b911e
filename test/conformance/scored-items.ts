import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { childOf, type XmlElement } from '@azora/qti/element.ts'
import { openItem, type Sitting } from '@azora/qti/item.ts'
import { parseXmlText } from '@azora/qti/parse-xml.ts'
import { printed, type Value } from '@azora/qti/value.ts'

/**
 * Items of QTI with cases that another engine has scored: `item.xml`, and `cases.json` with responses and the outcomes
 * that follow. They are scored by the rules of the item, as the import scores the answers that it tries.
 */

type Plain = string | number | boolean | null
type Case = {
  name: string
  seed?: number
  responses?: Record<string, Plain | Plain[]>
  expect: {
    outcomes?: Record<string, unknown>
    score?: number
    maxScore?: number
    modalFeedbackIdentifiers?: string[]
    itemBodyContains?: string[]
  }
  /** Its own authors do not pass it. */
  xfail?: boolean
}

export type DescribedItem = { name: string; seed: number; cases: Case[] }

const limits = { maxXmlDepth: 100, maxXmlElements: 100_000 }
/** What the cases without a seed were scored with. */
const usualSeed = 1

/** The items below a folder, each in a folder of its own. @param wanted how the names of those begin; all where empty */
export async function describedItems(folder: string, wanted: string[]): Promise<DescribedItem[]> {
  const chosen = (file: string) => wanted.length === 0 || wanted.some(start => file.startsWith(start))
  const names = existsSync(folder) ? (await readdir(folder)).filter(chosen).sort() : []
  return Promise.all(
    names.map(async name => {
      const described: { seed?: number; cases: Case[] } = JSON.parse(
        await readFile(join(folder, name, 'cases.json'), 'utf8'),
      )
      return { name, seed: described.seed ?? usualSeed, cases: described.cases }
    }),
  )
}

/** Scores every case below a folder, and says of each item whether all were right. @returns how many cases were what. */
export async function scoreItems(folder: string, described: DescribedItem[], say: (line: string) => void) {
  const counts = { right: 0, wrong: 0, refused: 0 }
  for (const { name, seed, cases } of described) {
    const item = parseXmlText(await readFile(join(folder, name, 'item.xml'), 'utf8'), limits)
    for (const one of cases) {
      const fault = faultOf(item, { seed, ...one })
      if (one.xfail && fault) counts.refused += 1
      else counts[fault ? 'wrong' : 'right'] += 1
      if (fault) say(`${one.xfail ? 'refused' : 'wrong'}  ${name}: ${one.name} — ${fault}`)
    }
  }
  return counts
}

export const asTexts = (given: Plain | Plain[]) =>
  [given].flat().flatMap(one => (one === null ? [] : [String(one)]))

/** Null where the case comes out as expected, else the first difference. */
function faultOf(item: XmlElement, { responses = {}, expect, seed = usualSeed }: Case): string | null {
  try {
    const sitting = openItem(item, seed)
    const given = Object.fromEntries(Object.entries(responses).map(([name, one]) => [name, asTexts(one)]))
    const { outcomes, score, maxScore, feedback } = sitting.score(given)
    // Two of the files have what the text shows among the outcomes.
    const { itemBodyContains = expect.itemBodyContains ?? [], ...expected } = expect.outcomes ?? {}
    for (const [name, value] of Object.entries(expected))
      if (!isSame(outcomes.get(name) ?? null, value))
        return differs(name, printed(outcomes.get(name) ?? null), value)
    if (expect.score !== undefined && expect.score !== score) return differs('the score', score, expect.score)
    if (expect.maxScore !== undefined && expect.maxScore !== maxScore)
      return differs('the highest score', maxScore, expect.maxScore)
    const shown = expect.modalFeedbackIdentifiers
    if (shown && String(shown) !== String(feedback)) return differs('the feedback', feedback, shown)
    const text = bodyText(item, sitting)
    const missing = (itemBodyContains as string[]).find(part => !text.includes(part))
    return missing === undefined ? null : `its text does not show “${missing}”`
  } catch (failure) {
    return (failure as Error).message
  }
}

const differs = (what: string, found: unknown, expected: unknown) =>
  `${what} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`

/** An empty container is no value. */
function isSame(value: Value, expected: unknown): boolean {
  if (value === null) return expected === null || (Array.isArray(expected) && expected.length === 0)
  const found = value.cardinality === 'single' ? value.items[0] : value.items
  if (typeof found === 'number' && typeof expected === 'number') return Math.abs(found - expected) < 1e-12
  return JSON.stringify(found) === JSON.stringify(expected)
}

function bodyText(item: XmlElement, { template }: Sitting): string {
  const textIn = (element: XmlElement): string =>
    element.children
      .map(child => {
        if (typeof child === 'string') return child
        return child.name === 'printedVariable'
          ? printed(template.get(child.attributes.identifier ?? '') ?? null)
          : textIn(child)
      })
      .join('')
  const body = childOf(item, 'itemBody')
  return body ? textIn(body).replace(/\s+/g, ' ') : ''
}
