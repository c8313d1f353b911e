import { childOf, childrenOf, type XmlElement } from './xml.ts'

/**
 * A quiz in QTI 1.2 may name questions and groups instead of holding them. Where they lie in the same file, outside any
 * quiz or in its question banks, they take the place of the reference here; what lies elsewhere stays a reference, which
 * the report lists.
 */

// Attributes of ours, with a character that no XML name has.
const twiceMark = ' twice'
const pointsMark = ' points'

/** Whether the quiz has what the reference names already, at another place. */
export const namedTwice = (reference: XmlElement): boolean => twiceMark in reference.attributes

/** The points that a reference gives to its question, or null. */
export function pointsOfReference(item: XmlElement): number | null {
  const points = Number.parseFloat(item.attributes[pointsMark] ?? '')
  return points >= 0 ? points : null
}

export const nameOf = ({ attributes }: XmlElement): string =>
  attributes.linkrefid ??
  attributes.item_ref ??
  attributes.href ??
  attributes.identifier ??
  attributes.ident ??
  ''

/** Some exporters write the question itself under the name of a reference. */
export const isReference1 = (element: XmlElement): boolean =>
  /^(?:itemref|sectionref)$/.test(element.name) ||
  (element.name === 'bankentry_item' && !childOf(element, 'presentation'))

export function withReferences(root: XmlElement): XmlElement {
  if (root.name !== 'questestinterop') return root
  const named = new Map<string, XmlElement>()
  index(root, named)
  const moved = new Set<XmlElement>()
  const children = root.children.map(child => {
    if (typeof child === 'string' || child.name !== 'assessment') return child
    const has = new Set<XmlElement>()
    for (const part of inside(child)) has.add(part)
    return filled(child, named, has, moved)
  })
  // A question beside the quizzes that one of them names is that quiz's.
  const left = children.filter(child => typeof child === 'string' || !moved.has(child))
  return { ...root, children: left }
}

const isNamed = ({ name }: XmlElement) => /^(?:item|section)$/.test(name)

function index(element: XmlElement, named: Map<string, XmlElement>): void {
  for (const child of childrenOf(element)) {
    const { ident } = child.attributes
    if (isNamed(child) && ident && !named.has(ident)) named.set(ident, child)
    if (child.name !== 'item') index(child, named)
  }
}

const inside = (element: XmlElement): XmlElement[] =>
  childrenOf(element).flatMap(child => (child.name === 'item' ? [child] : [child, ...inside(child)]))

/** `has`: what is in the quiz. Each thing enters it once, so that circles end and nothing grows beyond the file. */
function filled(
  element: XmlElement,
  named: Map<string, XmlElement>,
  has: Set<XmlElement>,
  moved: Set<XmlElement>,
): XmlElement {
  const children = element.children.map(child => {
    if (typeof child === 'string' || child.name === 'item') return child
    if (!isReference1(child)) return filled(child, named, has, moved)
    const target = named.get(nameOf(child))
    if (!target) return child
    if (has.has(target)) return { ...child, attributes: { ...child.attributes, [twiceMark]: '' } }
    for (const part of [target, ...(target.name === 'item' ? [] : inside(target))]) has.add(part)
    moved.add(target)
    if (target.name === 'section') return filled(target, named, has, moved)
    const points = childOf(child, 'points_possible')?.children[0]
    if (typeof points !== 'string') return target
    return { ...target, attributes: { ...target.attributes, [pointsMark]: points } }
  })
  return { ...element, children }
}
