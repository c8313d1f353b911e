import { became } from '@azora/contracts/education/import-names.ts'
import { CartridgeError } from './cartridge-error.ts'
import { folderOf } from './entry-names.ts'
import { imported, type Ledger } from './ledger.ts'
import { asQti2 } from './qti3.ts'
import type { Source } from './source.ts'
import { childOf, type XmlElement } from './xml.ts'

/**
 * A test of IMS QTI 2 names its items, which lie in files of their own. Here they take the place of their references;
 * what cannot be found or read stays a reference, which the report lists.
 */

// Attributes of ours on an item, with a character that no XML name has.
const pathMark = ' path'
const weightMark = ' weight'

/** The file that an item was read from, where it is not its quiz's own; for its relative addresses. */
export const pathOf = (item: XmlElement): string | null => item.attributes[pathMark] ?? null

/** What a test multiplies the score of an item by. */
export function weightOf(item: XmlElement): number {
  const weight = Number.parseFloat(item.attributes[weightMark] ?? '1')
  return Number.isFinite(weight) && weight >= 0 ? weight : 1
}

/** Minutes, from the seconds that a test allows. */
export function timeLimit2(test: XmlElement): number | null {
  const limits = childOf(test, 'timeLimits') ?? childOf(test, 'testPart', 'timeLimits')
  const seconds = Number.parseFloat(limits?.attributes.maxTime ?? '')
  return seconds > 0 ? Math.max(1, Math.round(seconds / 60)) : null
}

/** @param path of the file that holds the test. Each file is entered once, so that circles end. */
export async function withItems(
  test: XmlElement,
  path: string,
  { source, ledger }: { source: Source; ledger: Ledger },
): Promise<XmlElement> {
  const entered = new Set([path])
  const fill = async (element: XmlElement, folder: string): Promise<XmlElement> => {
    const children: (XmlElement | string)[] = []
    for (const child of element.children) {
      if (typeof child === 'string') children.push(child)
      else if (/^assessment(?:Item|Section)Ref$/.test(child.name)) children.push(await entry(child, folder))
      else if (/^(?:testPart|assessmentSection)$/.test(child.name)) children.push(await fill(child, folder))
      else children.push(child)
    }
    return { ...element, children }
  }
  const entry = async (reference: XmlElement, folder: string): Promise<XmlElement> => {
    const href = reference.attributes.href ?? ''
    const file = source.find(folder + href) ?? source.find(href)
    if (!file || entered.has(file)) return reference
    entered.add(file)
    const root = await readable(source.xml(file))
    if (!root || !/^assessment(?:Item|Section)$/.test(root.name)) return reference
    ledger.claim(file, imported(became('quiz_part_of_file', { path })))
    if (root.name === 'assessmentSection') return fill(root, folderOf(file))
    return withPath(root, file, childOf(reference, 'weight')?.attributes.value)
  }
  return fill(test, folderOf(path))
}

export type LooseItem = { root: XmlElement; path: string }

/** Items that no test names, as one quiz. */
export function looseItems(items: LooseItem[], title: string): XmlElement {
  const children = items.map(({ root, path }) => withPath(root, path))
  return { name: 'assessmentTest', attributes: { title }, children }
}

function withPath(item: XmlElement, path: string, weight = '1'): XmlElement {
  return { ...item, attributes: { ...item.attributes, [pathMark]: path, [weightMark]: weight } }
}

async function readable(reading: Promise<XmlElement>): Promise<XmlElement | null> {
  try {
    return asQti2(await reading)
  } catch (error) {
    if (error instanceof CartridgeError && ['malformed_xml', 'xml_too_deep'].includes(error.code)) return null
    throw error
  }
}
