/**
 * The part of ICU MessageFormat that the messages use: `{name}`, `{n, number}`, `{n, plural, =0 {…} one {…} other {…}}`
 * with `#`, and `{x, select, a {…} other {…}}`. Small, because it travels to the browser.
 */
export type Values = Record<string, string | number>

/** A message with its values put in. Throws on a malformed pattern, which a test over all messages rules out. */
export function formatMessage(pattern: string, values: Values, locale: string): string {
  let at = 0
  const fail = (what: string): never => {
    throw new Error(`Message "${pattern}": ${what} at ${at}`)
  }
  const take = (expression: RegExp): string => {
    expression.lastIndex = at
    const found = expression.exec(pattern)
    if (!found) return fail(`expected ${expression.source}`)
    at += found[0].length
    return found[0].trim()
  }
  const text = (count: number | null): string => {
    let out = ''
    while (at < pattern.length && pattern[at] !== '}') {
      const char = pattern[at]
      if (char === '{') out += argument()
      else {
        out += char === '#' && count !== null ? number(count) : char
        at++
      }
    }
    return out
  }
  const number = (value: number) => new Intl.NumberFormat(locale).format(value)
  const argument = (): string => {
    at++
    const name = take(/\s*\w+\s*/y)
    const value = values[name] ?? ''
    if (pattern[at] === '}') {
      at++
      return typeof value === 'number' ? number(value) : value
    }
    take(/,/y)
    const kind = take(/\s*(?:number|plural|select)\s*/y)
    if (kind === 'number') {
      take(/\}/y)
      return number(Number(value))
    }
    take(/,/y)
    const count = kind === 'plural' ? Number(value) : null
    const wanted =
      count === null ? [String(value)] : [`=${count}`, new Intl.PluralRules(locale).select(count)]
    const branches: Record<string, string> = {}
    while (pattern[at] !== '}') {
      const key = take(/\s*[=\w]+\s*/y)
      take(/\{/y)
      branches[key] = text(count)
      take(/\}\s*/y)
    }
    at++
    const chosen = [...wanted, 'other'].find(key => key in branches)
    return chosen === undefined ? fail('no branch "other"') : (branches[chosen] ?? '')
  }
  const out = text(null)
  if (at < pattern.length) fail('a closing brace too many')
  return out
}
