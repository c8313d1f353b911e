import { invalid } from './failure.ts'

/**
 * The bodies and queries of Stripe's API: form fields whose names have brackets, as `items[0][price]=5`, read into
 * nested objects and lists of texts.
 */
export type Fields = { [name: string]: Field }
export type Field = string | Field[] | Fields

const mostFields = 1000
const deepest = 8

export function readForm(text: string): Fields {
  const pairs = [...new URLSearchParams(text)]
  if (pairs.length > mostFields) throw invalid(`At most ${mostFields} parameters can be sent.`)
  // Without a prototype: `__proto__` is a name like any other.
  const root: Fields = Object.create(null)
  for (const [name, value] of pairs) {
    const path = [
      name.split('[')[0] ?? '',
      ...[...name.matchAll(/\[([^[\]]*)\]/g)].map(([, part]) => part ?? ''),
    ]
    if (path.length > deepest) throw invalid(`The parameter is nested too deeply: ${name.slice(0, 60)}.`)
    place(root, path, value)
  }
  return listsIn(root) as Fields
}

function place(into: Fields, path: string[], value: string): void {
  let at = into
  for (const [depth, part] of path.entries()) {
    // `a[]=1&a[]=2`: the next free place.
    const name = part === '' && depth > 0 ? String(Object.keys(at).length) : part
    if (depth === path.length - 1) {
      at[name] = value
      return
    }
    const inner = at[name]
    const next: Fields = typeof inner === 'object' && !Array.isArray(inner) ? inner : Object.create(null)
    at[name] = next
    at = next
  }
}

/** What is numbered from zero on is a list. */
function listsIn(field: Field): Field {
  if (typeof field === 'string' || Array.isArray(field)) return field
  const names = Object.keys(field)
  for (const name of names) field[name] = listsIn(field[name] as Field)
  const numbered = names.length > 0 && names.every((_, at) => Object.hasOwn(field, String(at)))
  return numbered ? names.map((_, at) => field[String(at)] as Field) : field
}
