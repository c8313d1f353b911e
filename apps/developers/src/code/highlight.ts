/** The parts of a piece of code that are drawn apart. Enough for reading; not a parser. */

export type Language = 'shell' | 'typescript' | 'python' | 'json' | 'http'
export type Part = { text: string; kind: 'plain' | 'comment' | 'string' | 'word' | 'number' }

const words: Record<Language, string> = {
  shell: 'curl|openssl|printf|echo|export|npm|node|python3|if|then|else|fi|for|do|done|test',
  typescript:
    'import|from|export|default|const|let|function|return|async|await|new|if|else|for|of|throw|try|catch|type|instanceof|null|undefined|true|false',
  python:
    'import|from|def|return|if|else|elif|for|in|not|and|or|with|as|raise|try|except|None|True|False|while',
  json: 'true|false|null',
  http: 'GET|POST|PUT|PATCH|DELETE|HTTP',
}

const comments: Record<Language, string> = {
  shell: '(?<=^|\\s)#[^\\n]*',
  typescript: '//[^\\n]*',
  python: '#[^\\n]*',
  json: '(?!)',
  http: '(?!)',
}

const expressions = new Map<Language, RegExp>()

function expressionFor(language: Language): RegExp {
  const known = expressions.get(language)
  if (known) return known
  const strings = `'(?:[^'\\\\\\n]|\\\\.)*'|"(?:[^"\\\\\\n]|\\\\.)*"|\`(?:[^\`\\\\]|\\\\.)*\``
  const made = new RegExp(
    `(?<comment>${comments[language]})|(?<string>${strings})|(?<word>\\b(?:${words[language]})\\b)|(?<number>\\b\\d+(?:\\.\\d+)?\\b)`,
    'g',
  )
  expressions.set(language, made)
  return made
}

/** The code in parts; put together they are the code again. */
export function highlight(code: string, language: Language): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const found of code.matchAll(expressionFor(language))) {
    if (found.index > at) parts.push({ text: code.slice(at, found.index), kind: 'plain' })
    const kind = Object.entries(found.groups ?? {}).find(([, text]) => text !== undefined)?.[0] ?? 'plain'
    parts.push({ text: found[0], kind: kind as Part['kind'] })
    at = found.index + found[0].length
  }
  if (at < code.length) parts.push({ text: code.slice(at), kind: 'plain' })
  return parts
}
