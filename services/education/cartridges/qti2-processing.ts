import { because } from '@azora/contracts/education/import-reasons.ts'
import { type Declaration, readDeclarations } from '@azora/qti/declaration.ts'
import { descendantsOf, type XmlElement } from '@azora/qti/element.ts'
import { QtiFault } from '@azora/qti/fault.ts'
import { type Outcome, openItem, type Responses } from '@azora/qti/item.ts'
import { UnsupportedProcessing } from './qti-processing.ts'

/** The rules of an item of QTI 2, made runnable; what cannot be run is refused with the reason, never guessed. */
export type ItemRules = {
  run(responses: Responses): Outcome['outcomes']
  declared: Map<string, Declaration>
  /** Elements in the rules: what one run costs. */
  size: number
}

/** @throws UnsupportedProcessing, also when the rules run. */
export function readRules(item: XmlElement): ItemRules {
  const declared = readDeclarations(item)
  // What it computes only its vendor knows, so that a key found without it would be guessed.
  if (descendantsOf(item, 'customOperator').length > 0)
    throw new UnsupportedProcessing(because('question_rule', { rule: 'customOperator' }))
  for (const { attributes } of descendantsOf(item, 'mapResponse')) {
    if (!declared.get(attributes.identifier ?? '')?.mapping)
      throw new UnsupportedProcessing(because('question_points_unstated'))
  }
  const sitting = refusing(() => openItem(item, 1))
  return {
    declared,
    size: sitting.size + 1,
    run: responses => refusing(() => sitting.score(responses).outcomes),
  }
}

function refusing<T>(work: () => T): T {
  try {
    return work()
  } catch (failure) {
    if (!(failure instanceof QtiFault)) throw failure
    throw new UnsupportedProcessing(reasonOf(failure))
  }
}

function reasonOf({ code, detail }: QtiFault) {
  if (code === 'unknown_template') return because('question_template', { template: detail })
  if (code === 'undeclared') return because('question_undeclared')
  if (code === 'too_many_steps') return because('question_long_rules')
  return because('question_rule', { rule: detail })
}
