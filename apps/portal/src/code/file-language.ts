const byEnding: Record<string, string> = {
  py: 'python',
  js: 'javascript',
  mjs: 'javascript',
  ts: 'typescript',
  sql: 'sql',
  c: 'c',
  h: 'c',
}

/** The language that a file of a program is written in; of data, and of what no one knows, plain text. */
export const fileLanguage = (path: string) => byEnding[path.split('.').at(-1) ?? ''] ?? 'text'
