import { childOf, childrenOf, element, textOf, type XmlElement } from './element.ts'
import { isInside, type Shape, shapeOf } from './shape.ts'
import {
  type Cardinality,
  coordinatesOf,
  isNumeric,
  readScalar,
  readValue,
  type Scalar,
  single,
  type Value,
} from './value.ts'

/** What an item says of its variables: their kinds, defaults, right answers, and how values become points. */

export type Declaration = {
  role: 'response' | 'outcome' | 'template'
  identifier: string
  cardinality: Cardinality
  baseType: string | null
  /** Before anything has happened: the declared default, and of numeric outcomes zero (QTI 2.1, 5.2). */
  initial: Value
  correct: Value
  mapping: Mapping | null
  areas: AreaMapping | null
  table: LookupTable | null
}

type Bounds = { byDefault: number; lower: number; upper: number }
export type Mapping = Bounds & { entries: { key: Scalar; points: number; caseSensitive: boolean }[] }
export type AreaMapping = Bounds & { entries: { shape: Shape; points: number }[] }
export type LookupTable = {
  /** Null where what is looked up is not in it. */
  byDefault: Scalar | null
  kind: 'match' | 'step' | 'linear'
  entries: { source: number; includesSource: boolean; target: Scalar }[]
}

const roles = {
  responseDeclaration: 'response',
  outcomeDeclaration: 'outcome',
  templateDeclaration: 'template',
} as const

export function readDeclarations(item: XmlElement): Map<string, Declaration> {
  const declared = new Map<string, Declaration>()
  for (const child of childrenOf(item)) {
    const role = roles[child.name as keyof typeof roles]
    const { identifier } = child.attributes
    if (role && identifier) declared.set(identifier, readDeclaration(child, role, identifier))
  }
  // The standard templates set it, and some exporters take it to be there.
  if (!declared.has('SCORE')) {
    const score = element('outcomeDeclaration', { cardinality: 'single', baseType: 'float' })
    declared.set('SCORE', readDeclaration(score, 'outcome', 'SCORE'))
  }
  return declared
}

function readDeclaration(from: XmlElement, role: Declaration['role'], identifier: string): Declaration {
  const { attributes } = from
  const cardinality = cardinalityOf(attributes.cardinality)
  const baseType = attributes.baseType ?? null
  const textsIn = (element: XmlElement | undefined) =>
    element ? childrenOf(element, 'value').map(textOf) : []
  // Some exporters write the default as an attribute.
  const defaults =
    attributes.defaultValue === undefined ? textsIn(childOf(from, 'defaultValue')) : [attributes.defaultValue]
  const initial = readValue(defaults, cardinality, baseType)
  const beginsAtZero = role === 'outcome' && cardinality === 'single' && isNumeric(baseType)
  const mapping = childOf(from, 'mapping')
  const areas = childOf(from, 'areaMapping')
  const table = childOf(from, 'matchTable') ?? childOf(from, 'interpolationTable')
  return {
    role,
    identifier,
    cardinality,
    baseType,
    initial: initial ?? (beginsAtZero ? single(0, baseType) : null),
    correct: readValue(textsIn(childOf(from, 'correctResponse')), cardinality, baseType),
    mapping: mapping ? readMapping(mapping, baseType) : null,
    areas: areas ? readAreas(areas) : null,
    table: table ? readTable(table, baseType) : null,
  }
}

const cardinalityOf = (text: string | undefined): Cardinality =>
  text === 'multiple' || text === 'ordered' || text === 'record' ? text : 'single'

const numberOr = (text: string | undefined, otherwise: number) => {
  const read = text === undefined ? null : readScalar(text, 'float')
  return typeof read === 'number' ? read : otherwise
}

const boundsOf = ({ attributes }: XmlElement): Bounds => ({
  byDefault: numberOr(attributes.defaultValue, 0),
  lower: numberOr(attributes.lowerBound, Number.NEGATIVE_INFINITY),
  upper: numberOr(attributes.upperBound, Number.POSITIVE_INFINITY),
})

function readMapping(mapping: XmlElement, baseType: string | null): Mapping {
  const entries = childrenOf(mapping, 'mapEntry').flatMap(({ attributes }) => {
    const key = readScalar(attributes.mapKey ?? '', baseType)
    const caseSensitive = (attributes.caseSensitive ?? mapping.attributes.caseSensitive) !== 'false'
    return key === null ? [] : [{ key, points: numberOr(attributes.mappedValue, 0), caseSensitive }]
  })
  return { ...boundsOf(mapping), entries }
}

const readAreas = (areas: XmlElement): AreaMapping => ({
  ...boundsOf(areas),
  entries: childrenOf(areas, 'areaMapEntry').map(({ attributes }) => ({
    shape: shapeOf(attributes),
    points: numberOr(attributes.mappedValue, 0),
  })),
})

export function readTable(table: XmlElement, targetType: string | null): LookupTable {
  const byDefault = readScalar(table.attributes.defaultValue ?? '', targetType)
  const entries = childrenOf(table).flatMap(({ attributes }) => {
    const target = readScalar(attributes.targetValue ?? '', targetType)
    if (target === null) return []
    return [
      {
        source: numberOr(attributes.sourceValue, Number.NaN),
        includesSource: attributes.includeBoundary !== 'false',
        target,
      },
    ]
  })
  const steps = table.attributes.interpolationMethod === 'linear' ? 'linear' : 'step'
  return { byDefault, kind: table.name === 'matchTable' ? 'match' : steps, entries }
}

const within = (sum: number, { lower, upper }: Bounds) => Math.min(Math.max(sum, lower), upper)

/** The points of the members of a value; of no value, what the mapping gives by default (QTI 2.1, mapResponse). */
export function mapped(mapping: Mapping, value: Value): number {
  if (value === null) return within(mapping.byDefault, mapping)
  return within(
    value.items.reduce((sum: number, item) => sum + pointsOf(mapping, item), 0),
    mapping,
  )
}

function pointsOf({ entries, byDefault }: Mapping, item: Scalar): number {
  const folded = String(item).toLowerCase()
  const exact = entries.find(({ key }) => key === item)
  const found =
    exact ?? entries.find(({ key, caseSensitive }) => !caseSensitive && String(key).toLowerCase() === folded)
  return found?.points ?? byDefault
}

/** The points of the areas that points lie in. Each area counts once, however many lie in it (QTI 2.1, areaMapping). */
export function mappedPoints(areas: AreaMapping, value: Value): number {
  if (value === null) return within(areas.byDefault, areas)
  const used = new Set<AreaMapping['entries'][number]>()
  let sum = 0
  for (const item of value.items) {
    const hit = areas.entries.find(({ shape }) => isInside(shape, coordinatesOf(item)))
    if (!hit) sum += areas.byDefault
    else if (!used.has(hit)) sum += hit.points
    if (hit) used.add(hit)
  }
  return within(sum, areas)
}

/** What a table gives for a number. A step begins at its source, the highest first; a line runs between two. */
export function lookedUp({ kind, entries, byDefault }: LookupTable, at: number): Scalar | null {
  if (kind === 'match') return entries.find(({ source }) => source === at)?.target ?? byDefault
  if (kind === 'linear') return onLine(entries, at) ?? byDefault
  const reached = entries
    .toSorted((a, b) => b.source - a.source)
    .find(({ source, includesSource }) => (includesSource ? source <= at : source < at))
  return reached?.target ?? byDefault
}

function onLine(entries: LookupTable['entries'], at: number): number | null {
  const sorted = entries.toSorted((a, b) => a.source - b.source)
  const after = sorted.find(({ source }) => source >= at) ?? sorted.at(-1)
  const before = sorted.findLast(({ source }) => source <= at) ?? sorted[0]
  if (!after || !before) return null
  const [low, high] = [Number(before.target), Number(after.target)]
  if (after.source === before.source) return low
  return low + ((high - low) * (at - before.source)) / (after.source - before.source)
}
