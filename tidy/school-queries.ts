/**
 * Whether a statement names the school of each row that it reads or writes: the `organization_id` of every table that has
 * one is compared with a value called `organizationId`, or with that of a table that is. A row that is inserted names
 * the column, and one that gives way to it (`on conflict … do update`) is of the same school.
 *
 * This reads SQL only as far as it must: brackets, the tables of each query, and the conditions that every row meets.
 * What it does not understand is no condition, so that it errs towards a fault too many.
 */

type Item = string | Item[]
type Table = {
  alias: string
  /** What has rows of a school, or else something whose rows are looked after elsewhere, or of no school. */
  kind: 'school' | 'organizations' | 'derived' | 'other'
  name: string
  named: boolean
  fault?: string
}
type Query = { tables: Table[]; known: Set<string>; outer: Query | null }
/** `only`: the one table that the condition holds for, since it is the `on` of a left join. */
type Condition = { query: Query; only: Table | null; left: Item[]; right: Item[] }

const endsWhere = new Set([
  'group',
  'order',
  'returning',
  'limit',
  'having',
  'window',
  'for',
  'offset',
  'fetch',
])
const endsOn = new Set([...endsWhere, ...words('where set join left right full inner cross natural ,')])
const notAnAlias = new Set([...endsOn, ...words('as on using select values default do from lateral (')])
const startsQuery = new Set(words('select with insert update delete values'))

function words(text: string): string[] {
  return text.split(' ')
}

const isGroup = (item: Item | undefined): item is Item[] => Array.isArray(item)
const isQuery = (item: Item | undefined): item is Item[] =>
  isGroup(item) && typeof item[0] === 'string' && startsQuery.has(item[0])

/** Tokens, with what stands in brackets as a list of its own. */
function read(text: string): Item[] {
  const root: Item[] = []
  const open = [root]
  for (const [token] of text.matchAll(
    /--[^\n]*|'(?:[^']|'')*'|‹[^›]*›|"[^"]+"|[a-z_]\w*|\d+|::|<>|<=|>=|\S/gi,
  )) {
    const here = open.at(-1) as Item[]
    if (token.startsWith('--')) continue
    if (token === '(') {
      const group: Item[] = []
      here.push(group)
      open.push(group)
    } else if (token === ')') open.pop()
    else here.push(token.startsWith('‹') ? token : token.toLowerCase())
  }
  return root
}

function split(items: Item[], by: (item: Item) => boolean): Item[][] {
  const parts: Item[][] = [[]]
  for (const item of items) {
    if (by(item)) parts.push([])
    else parts.at(-1)?.push(item)
  }
  return parts
}

/** From the place of a word to the first that ends its clause. */
function clause(items: Item[], from: number, ends: Set<string>): Item[] {
  const end = items.findIndex((item, at) => at >= from && typeof item === 'string' && ends.has(item))
  return items.slice(from, end === -1 ? undefined : end)
}

/** What holds for every row: `a and (b and c)`, but nothing of `a or b`. */
function conjuncts(items: Item[]): Item[][] {
  if (items.includes('or')) return []
  return split(items, item => item === 'and').flatMap(part =>
    part.length === 1 && isGroup(part[0]) && !isQuery(part[0]) ? conjuncts(part[0]) : [part],
  )
}

/** Whether a name is that of a query after `with`. */
function isCommon(name: string, query: Query): boolean {
  for (let at: Query | null = query; at; at = at.outer) if (at.known.has(name)) return true
  return false
}

const isValue = (side: Item[]) => side.length === 1 && typeof side[0] === 'string' && side[0].startsWith('‹')

class Reading {
  readonly #schoolTables: ReadonlySet<string>
  readonly #queries: Query[] = []
  readonly #conditions: Condition[] = []
  readonly #faults: string[] = []

  constructor(schoolTables: ReadonlySet<string>) {
    this.#schoolTables = schoolTables
  }

  query(items: Item[], outer: Query | null): void {
    const known = new Set<string>()
    const main = this.#commonTables(items, { tables: [], known, outer })
    for (const part of split(
      main,
      item => typeof item === 'string' && ['union', 'except', 'intersect'].includes(item),
    )) {
      const query: Query = { tables: [], known, outer }
      this.#queries.push(query)
      this.#part(part, query)
    }
  }

  /** `with a as (…), b as (…)`. @returns what follows them. */
  #commonTables(items: Item[], query: Query): Item[] {
    if (items[0] !== 'with') return items
    let at = items[1] === 'recursive' ? 2 : 1
    for (;;) {
      query.known.add(items[at] as string)
      while (!isQuery(items[at])) at += 1
      this.query(items[at] as Item[], query)
      at += 1
      if (items[at] !== ',') return items.slice(at)
      at += 1
    }
  }

  #part(items: Item[], query: Query): void {
    const conflict = items.findIndex((item, at) => item === 'on' && items[at + 1] === 'conflict')
    const before = conflict === -1 ? items : items.slice(0, conflict)
    let at = 0
    if (items[0] === 'insert') {
      const target = this.#table(items, 2, query, true)
      this.#insert(target.table, items[target.next], items.slice(before.length), query)
      at = target.next + 1
    } else if (items[0] === 'update') at = this.#add(items, 1, query).next
    else if (items[0] === 'delete') at = this.#add(items, 2, query).next
    this.#clauses(before.slice(at), query)
    this.#nested(items, query)
  }

  #insert(table: Table, columns: Item | undefined, conflict: Item[], query: Query): void {
    if (table.kind !== 'school') return
    if (!isGroup(columns) || !columns.includes('organization_id'))
      this.#faults.push(`what is inserted into ${table.name} does not name organization_id`)
    const updates = conflict.indexOf('set')
    if (updates === -1) return
    const by = conflict[2]
    if (isGroup(by) && by.includes('organization_id')) return
    const there: Table = { ...table, fault: 'gives way to a new row whichever school has it' }
    const excluded: Table = { alias: 'excluded', kind: 'derived', name: '', named: true }
    const conflicting: Query = { tables: [there, excluded], known: new Set(), outer: query }
    this.#queries.push(conflicting)
    const where = conflict.indexOf('where', updates)
    if (where !== -1) this.#where(clause(conflict, where + 1, endsWhere), conflicting, null)
  }

  /** The tables and conditions after `from`, `using`, `join`, `on` and `where`. */
  #clauses(items: Item[], query: Query): void {
    let inFrom = false
    let optional = false
    let joined: Table | null = null
    for (let at = 0; at < items.length; at++) {
      const item = items[at] as Item
      const follows =
        (item === 'from' && items[at - 1] !== 'distinct') ||
        item === 'join' ||
        (item === 'using' && !isGroup(items[at + 1])) ||
        (item === ',' && inFrom)
      if (item === 'where') {
        this.#where(clause(items, at + 1, endsWhere), query, null)
        inFrom = false
      } else if (item === 'on' && inFrom) {
        this.#where(clause(items, at + 1, endsOn), query, optional ? joined : null)
      } else if (item === 'right' || item === 'full') this.#faults.push(`a ${item} join is not understood`)
      else if (follows) {
        optional = item === 'join' && ['left', 'outer'].includes(items[at - 1] as string)
        inFrom = true
        const added = this.#add(items, at + 1, query)
        joined = added.table
        at = added.next - 1
      } else if (typeof item === 'string' && endsWhere.has(item)) inFrom = false
    }
  }

  /** The table at a place, with the name by which conditions know it. */
  #table(items: Item[], from: number, query: Query, columnsFollow = false): { table: Table; next: number } {
    let at = from
    while (items[at] === 'lateral' || items[at] === 'only') at += 1
    const item = items[at] as Item
    at += 1
    let kind: Table['kind'] = 'other'
    if (isQuery(item)) kind = 'derived'
    else if (isGroup(item)) this.#faults.push('joins in brackets are not understood')
    else if (isGroup(items[at]) && !columnsFollow) at += 1
    else if (isCommon(item, query)) kind = 'derived'
    else if (this.#schoolTables.has(item)) kind = 'school'
    else if (item === 'organizations') kind = 'organizations'
    while (items[at] === 'with' || items[at] === 'ordinality') at += 1
    if (items[at] === 'as') at += 1
    const name = isGroup(item) ? '' : item
    let alias = name
    const next = items[at]
    if (typeof next === 'string' && /^[a-z_]/.test(next) && !notAnAlias.has(next)) {
      alias = next
      at += 1
    }
    return { table: { alias, kind, name, named: kind === 'derived' }, next: at }
  }

  #add(items: Item[], at: number, query: Query): { table: Table; next: number } {
    const found = this.#table(items, at, query)
    query.tables.push(found.table)
    return found
  }

  #where(items: Item[], query: Query, only: Table | null): void {
    for (const part of conjuncts(items)) {
      const plain = part.filter((item, at) => item !== '::' && part[at - 1] !== '::')
      const equals = plain.indexOf('=')
      if (equals > 0)
        this.#conditions.push({ query, only, left: plain.slice(0, equals), right: plain.slice(equals + 1) })
    }
  }

  /** Queries anywhere in brackets, but for those after `with`. */
  #nested(items: Item[], query: Query): void {
    for (const item of items) {
      if (isQuery(item)) this.query(item, query)
      else if (isGroup(item)) this.#nested(item, query)
    }
  }

  /** The table whose school a side of a condition is. */
  #tableOf(side: Item[], query: Query): Table | null {
    if (side.length === 1 && side[0] === 'organization_id') {
      const schools = query.tables.filter(table => table.kind === 'school')
      return schools.length === 1 ? (schools[0] ?? null) : null
    }
    const [alias, dot, column] = side
    if (side.length !== 3 || dot !== '.') return null
    for (let at: Query | null = query; at; at = at.outer) {
      const table = at.tables.find(one => one.alias === alias)
      if (table) return column === (table.kind === 'organizations' ? 'id' : 'organization_id') ? table : null
    }
    return null
  }

  #isNamed(side: Item[], query: Query): boolean {
    const [value] = side
    if (side.length === 1 && typeof value === 'string' && value.startsWith('‹'))
      return /\borganizationId›$/.test(value)
    return this.#tableOf(side, query)?.named ?? false
  }

  finish(): string[] {
    for (let changed = true; changed; ) {
      changed = false
      for (const { query, only, left, right } of this.#conditions) {
        for (const [side, other] of [
          [left, right],
          [right, left],
        ] as const) {
          const table = this.#tableOf(side, query)
          if (!table || table.named || !query.tables.includes(table) || (only && table !== only)) continue
          if (!this.#isNamed(other, query) && !(table.kind === 'organizations' && isValue(other))) continue
          table.named = true
          changed = true
        }
      }
    }
    const unnamed = this.#queries
      .flatMap(query => query.tables)
      .filter(table => table.kind === 'school' && !table.named)
    return [
      ...this.#faults,
      ...unnamed.map(({ name, alias, fault }) => {
        const what = alias === name ? name : `${name} ${alias}`
        return `${what} ${fault ?? 'is read or changed whichever school has it'}`
      }),
    ]
  }
}

/** @returns what is wrong with a statement, one line for each table. */
export function unnamedSchools(text: string, schoolTables: ReadonlySet<string>): string[] {
  const reading = new Reading(schoolTables)
  reading.query(read(text), null)
  return [...new Set(reading.finish())]
}
