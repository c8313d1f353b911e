import { comparisonsOf, limits } from '@azora/contracts/limits.ts'
import { readDeclarations } from '@azora/qti/declaration.ts'
import type { XmlElement } from '@azora/qti/element.ts'
import { QtiFault } from '@azora/qti/fault.ts'
import { checkItem, openItem, type Sitting, stepsOf } from '@azora/qti/item.ts'
import { parseXmlText, XmlFault } from '@azora/qti/parse-xml.ts'

/** Items of QTI by their sources, read once while they are in use. */

const xmlLimits = { maxXmlDepth: 60, maxXmlElements: 2000 }
const rememberedItems = 200
const known = new Map<string, XmlElement>()

function readItem(source: string): XmlElement {
  const found = known.get(source)
  const item = found ?? parseXmlText(source, xmlLimits)
  if (found) known.delete(source)
  known.set(source, item)
  const [oldest] = known.keys()
  if (known.size > rememberedItems && oldest !== undefined) known.delete(oldest)
  return item
}

/** The item as one attempt has it. @throws QtiFault, XmlFault. */
export const sittingOf = ({ source, seed }: { source: string; seed: number | null }): Sitting =>
  openItem(readItem(source), seed ?? 0)

/** The response variables that the item declares. */
export const responsesOf = (source: string): Set<string> =>
  new Set(
    [...readDeclarations(readItem(source)).values()].flatMap(({ role, identifier }) =>
      role === 'response' ? [identifier] : [],
    ),
  )

/** About how many accepted answers of other types it takes as long as: a step takes a microsecond. */
export const costOf = (source: string): number => comparisonsOf(stepsOf(readItem(source)))

/** Whether its rules run: those that only their vendor knows do not. */
export function canRun(source: string): boolean {
  try {
    const item = readItem(source)
    if (item.name !== 'assessmentItem') return false
    checkItem(item)
    return costOf(source) <= limits.comparisonsOfItem
  } catch (failure) {
    if (failure instanceof QtiFault || failure instanceof XmlFault) return false
    throw failure
  }
}
