/**
 * A text that a contract states by its code, with the values that it has in braces. The English is for people who use
 * the API; a page shows its own text for the code, in the reader's language. A value whose name ends in `Bytes` is a
 * size, and `time` is a point in time (ISO 8601) or, where the original wrote it in no way that is known, as it did.
 */
export type Said<Texts extends Record<string, string>> = {
  [Code in keyof Texts & string]: { code: Code; values: ValuesOf<Texts[Code]> }
}[keyof Texts & string]

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never

type ValuesOf<Text extends string> = Record<Placeholders<Text>, string | number>

/** What says a text of a list by its code: one that has values asks for just those. */
export const sayer =
  <const Texts extends Record<string, string>>(_texts: Texts) =>
  <Code extends keyof Texts & string>(
    code: Code,
    ...[values]: [Placeholders<Texts[Code]>] extends [never] ? [] : [ValuesOf<Texts[Code]>]
  ): Said<Texts> =>
    ({ code, values: values ?? {} }) as Said<Texts>

const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0)} MiB`

function inEnglish(name: string, value: string | number): string {
  if (name.endsWith('Bytes')) return megabytes(Number(value))
  const time = name === 'time' ? /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(String(value)) : null
  return time ? `${time[1]} ${time[2]} UTC` : String(value)
}

/** The English of what was said. */
export const englishOf = (
  texts: Record<string, string>,
  { code, values }: { code: string; values: Record<string, string | number> },
): string =>
  (texts[code] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => inEnglish(name, values[name] ?? ''))
