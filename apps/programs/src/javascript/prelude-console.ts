import type { Host } from './host.ts'

/** As a line of Node says it, where no bundle is needed for that. */
const isPlain = (value: unknown) =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  value === undefined ||
  value === null ||
  (typeof value === 'number' && !Object.is(value, -0))

export function createConsole(host: Host) {
  let indent = ''
  const said = (values: unknown[]) =>
    values.every(isPlain) && !(typeof values[0] === 'string' && values.length > 1 && values[0].includes('%'))
      ? values.map(String).join(' ')
      : host.inspector().format(...values)
  const line =
    (to: 1 | 2) =>
    (...values: unknown[]) => {
      const text = said(values)
      host.write(to, `${indent ? text.replace(/^/gm, indent) : text}\n`)
    }
  const [log, error] = [line(1), line(2)]
  const counts = new Map<string, number>()
  const group = (...values: unknown[]) => {
    if (values.length > 0) log(...values)
    indent += '  '
  }
  const own: Record<string, unknown> = {
    ...{ log, info: log, debug: log, error, warn: error },
    dir: (value: unknown) => log(value),
    assert(right: unknown, ...values: unknown[]) {
      if (right) return
      if (typeof values[0] === 'string') error(`Assertion failed: ${values[0]}`, ...values.slice(1))
      else error(values.length > 0 ? 'Assertion failed:' : 'Assertion failed', ...values)
    },
    count(label = 'default') {
      counts.set(label, (counts.get(label) ?? 0) + 1)
      log(`${label}: ${counts.get(label)}`)
    },
    group,
    groupCollapsed: group,
    groupEnd() {
      indent = indent.slice(2)
    },
  }
  return new Proxy(own, {
    get: (target, key, receiver) =>
      key in target || typeof key === 'symbol'
        ? Reflect.get(target, key, receiver)
        : host.needs(`console.${key}`),
  })
}
