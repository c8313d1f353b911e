import { serialiseXml, type XmlElement } from './xml.ts'

/**
 * QTI 3 says what QTI 2 says in other letters: `qti-choice-interaction` with `max-choices` for `choiceInteraction` with
 * `maxChoices`. Here it is put into the words of QTI 2, which is then read.
 */

// An attribute of ours, with a character that no XML name has: the item as it was written.
const sourceMark = ' source'

/** The item in the words of its file, for keeping it. */
export const sourceOf = (item: XmlElement): string => item.attributes[sourceMark] ?? serialiseXml(item)

export function asQti2(root: XmlElement): XmlElement {
  return root.name.startsWith('qti-') ? translated(root) : root
}

function translated(element: XmlElement): XmlElement {
  const children = element.children.map(child => (typeof child === 'string' ? child : translated(child)))
  if (!element.name.startsWith('qti-')) return { ...element, children }
  const name = camel(element.name.slice(4))
  const attributes = Object.fromEntries(
    Object.entries(element.attributes).map(([key, value]) => [
      /^(?:data|aria)-/.test(key) ? key : camel(key),
      value,
    ]),
  )
  if (name === 'assessmentItem') attributes[sourceMark] = serialiseXml(element)
  return { name, attributes, children }
}

const camel = (text: string) => text.replace(/-([a-z\d])/g, (_, letter: string) => letter.toUpperCase())
