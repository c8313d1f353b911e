import type { Host } from './host.ts'

/** Standard input as Node gives it: a stream of one piece, and lines by `readline`. All of it is there from the start. */

type Listener = (given?: string) => void

export function createInput(host: Host, soon: (call: () => void) => void) {
  const text = host.stdin

  function createStdin() {
    const listeners = new Map<string, Listener[]>()
    let begun = false
    const emit = (name: string, given?: string) => {
      for (const call of listeners.get(name) ?? []) call(given)
    }
    const begin = () => {
      if (begun) return
      begun = true
      soon(() => {
        if (text !== '') emit('data', text)
        emit('end')
        emit('close')
      })
    }
    const on = (name: string, call: Listener) => {
      if (!['data', 'end', 'close', 'error'].includes(name)) host.needs(`process.stdin: ${name}`)
      listeners.set(name, [...(listeners.get(name) ?? []), call])
      if (name === 'data') begin()
      return stdin
    }
    const stdin: Record<string | symbol, unknown> = {
      isTTY: undefined,
      fd: 0,
      on,
      once: on,
      addListener: on,
      setEncoding: () => stdin,
      pause: () => stdin,
      resume: () => {
        begin()
        return stdin
      },
      async *[Symbol.asyncIterator]() {
        if (text !== '') yield text
      },
    }
    return stdin
  }

  function createInterface() {
    const lines = text === '' ? [] : text.replace(/\r\n/g, '\n').replace(/\n$/, '').split('\n')
    const listeners = new Map<string, Listener[]>()
    const questions: Listener[] = []
    let prompt = '> '
    let closed = false
    let pumping = false
    const close = () => {
      if (closed) return
      closed = true
      for (const call of listeners.get('close') ?? []) call()
    }
    const pump = () => {
      pumping = false
      if (closed) return
      const line = lines.shift()
      if (line === undefined) return close()
      const asked = questions.shift()
      if (asked) asked(line)
      else for (const call of listeners.get('line') ?? []) call(line)
      begin()
    }
    const begin = () => {
      if (pumping) return
      pumping = true
      soon(pump)
    }
    const on = (name: string, call: Listener) => {
      if (!['line', 'close', 'error'].includes(name)) host.needs(`readline: ${name}`)
      listeners.set(name, [...(listeners.get(name) ?? []), call])
      begin()
      return lineReader
    }
    const lineReader: Record<string | symbol, unknown> = {
      on,
      once: (name: string, call: Listener) =>
        name === 'close' ? on(name, call) : host.needs('readline: once'),
      close,
      question(asked: string, options: unknown, call?: Listener) {
        host.write(1, String(asked))
        questions.push((call ?? options) as Listener)
        begin()
      },
      setPrompt(text: string) {
        prompt = text
      },
      prompt() {
        host.write(1, prompt)
        begin()
      },
      pause: () => lineReader,
      resume: () => lineReader,
      async *[Symbol.asyncIterator]() {
        while (lines.length > 0) yield lines.shift()
        close()
      },
    }
    return lineReader
  }

  return { stdin: createStdin(), createInterface }
}
