import { createHash } from 'node:crypto'

/** A piece of SQL with its parameters apart: values never become text. */
export class Sql {
  readonly strings: readonly string[]
  readonly values: readonly unknown[]

  constructor(strings: readonly string[], values: readonly unknown[]) {
    this.strings = strings
    this.values = values
  }
}

type Prepared = { text: string; name: string }
const prepared = new WeakMap<readonly string[], Prepared>()
const byText = new Map<string, Prepared>()
const rememberedTexts = 2000

/** `sql\`select … where id = ${id}\``; another `Sql` as a value is spliced in. */
export function sql(strings: TemplateStringsArray, ...values: unknown[]): Sql {
  if (!values.some(value => value instanceof Sql)) return new Sql(strings, values)
  const outStrings: string[] = [strings[0] ?? '']
  const outValues: unknown[] = []
  const last = () => outStrings.length - 1
  values.forEach((value, index) => {
    const after = strings[index + 1] ?? ''
    if (value instanceof Sql) {
      outStrings[last()] += value.strings[0] ?? ''
      value.values.forEach((inner, position) => {
        outValues.push(inner)
        outStrings.push(value.strings[position + 1] ?? '')
      })
      outStrings[last()] += after
    } else {
      outValues.push(value)
      outStrings.push(after)
    }
  })
  return new Sql(outStrings, outValues)
}

/** Nothing, for a condition that does not apply. */
export const none: Sql = new Sql([''], [])

/**
 * The statement's text with `$n` parameters, and a name under which PostgreSQL keeps its plan. The name comes
 * from the text, so each statement is parsed once per connection.
 */
export function prepare(statement: Sql): Prepared {
  const known = prepared.get(statement.strings)
  if (known) return known
  let text = statement.strings[0] ?? ''
  for (let index = 1; index < statement.strings.length; index++)
    text += `$${index}${statement.strings[index]}`
  // A statement put together from pieces is a new object at each call, but its text recurs.
  const made = byText.get(text) ?? { text, name: createHash('sha1').update(text).digest('base64url') }
  if (byText.size < rememberedTexts) byText.set(text, made)
  prepared.set(statement.strings, made)
  return made
}
