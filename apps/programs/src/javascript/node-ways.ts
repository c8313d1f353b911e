/** Ways of Node that a program and its tests meet: which files are modules, and what it says of an error. */

const moduleSyntax =
  /^[ \t]*(?:import\s*(?:[\w*{$]|["'])|export\s+(?:default|const|let|var|function|class|async)\b|export\s*[{*])/m

/** Whether Node takes a file for a module, by its name and by what is written in it. */
export function isModule(path: string, source: string): boolean {
  if (path.endsWith('.mjs')) return true
  if (path.endsWith('.cjs')) return false
  // One that waits outside of any function is none of the older kind.
  return moduleSyntax.test(source) || (/\bawait\b/.test(source) && !/\basync\b/.test(source))
}

/** What Node writes of an error that nothing caught: its place and line first, then what is wrong. */
export function tellOfError(
  { name, message, stack }: { name: string; message: string; stack: string },
  files: Record<string, string>,
): string {
  const place = /\/program\/([\w./-]+):(\d+)/.exec(stack)
  const line = place ? (files[place[1] ?? '']?.split('\n')[Number(place[2]) - 1] ?? '') : ''
  const head = place ? `${place[0]}\n${line}\n\n` : ''
  // Frames of what runs the program are no concern of its author's.
  const frames = stack.split('\n').filter(frame => frame.includes('/program/'))
  return `${head}${[name ? `${name}: ${message}` : message, ...frames].join('\n')}\n`
}
