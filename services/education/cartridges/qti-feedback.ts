/** Which text of a question belongs to it as a whole, to right or wrong answers, or to one option. */

export type PlacedFeedback = {
  general: string[]
  correct: string[]
  incorrect: string[]
  /** By option ident. */
  options: Map<string, string[]>
}

/**
 * A text belongs where it is shown: with one option, with the right answer, with wrong ones, or always.
 * @param shown ids of the texts that an answer brings up.
 */
export function placeFeedback(
  shown: (chosen: ReadonlySet<string>) => Iterable<string>,
  options: string[],
  several: boolean,
  correct: Set<string>,
): PlacedFeedback {
  const placed: PlacedFeedback = { general: [], correct: [], incorrect: [], options: new Map() }
  const alone = options.map(id => ({ id, texts: new Set(shown(new Set([id]))) }))
  const whenRight = new Set(shown(correct))
  const whenNone = new Set(shown(new Set()))
  const whenAll = new Set(several ? shown(new Set(options)) : [])
  const ids = new Set([whenRight, whenNone, whenAll, ...alone.map(one => one.texts)].flatMap(set => [...set]))
  for (const id of ids) {
    const having = alone.filter(one => one.texts.has(id))
    // Common Cartridge 1.x fixes these names.
    if (/^(?:general_)?incorrect/i.test(id)) placed.incorrect.push(id)
    else if (/^general/i.test(id)) placed.general.push(id)
    else if (/^correct/i.test(id)) placed.correct.push(id)
    else if (having.length === 1 && !whenNone.has(id)) {
      const option = having[0]!.id
      placed.options.set(option, [...(placed.options.get(option) ?? []), id])
    } else if (!whenRight.has(id)) placed.incorrect.push(id)
    else if (having.every(one => correct.size === 1 && correct.has(one.id)) && !whenNone.has(id))
      placed.correct.push(id)
    else placed.general.push(id)
  }
  return placed
}
