import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Actor } from '@azora/kit/identity.ts'
import { endOf } from '../system.ts'
import type { Answered, Asked, Installation } from './killable-process.ts'

const file = fileURLToPath(new URL('./killable-process.ts', import.meta.url))

/** The process was killed while it was asked: what was asked may have been done, or not. */
export class Killed extends Error {
  override name = 'Killed'
}

/** Refused by the service: asking again changes nothing. */
export class Refused extends Error {
  override name = 'Refused'
  code: string
  constructor({ code, message }: { code: string; message: string }) {
    super(message)
    this.code = code
  }
}

type Wish = Asked extends infer One ? (One extends { id: number } ? Omit<One, 'id'> : never) : never

/** All services in a process of their own, which can be killed at any moment and comes back when it is asked again. */
export function openKillable(installation: Installation) {
  let child: ChildProcess | null = null
  let starting: Promise<ChildProcess> | null = null
  let lastId = 0
  const waiting = new Map<number, { done(value: unknown): void; fail(failure: Error): void }>()

  function start(): Promise<ChildProcess> {
    const made = fork(file, [JSON.stringify(installation)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    child = made
    const ready = Promise.withResolvers<ChildProcess>()
    made.on('message', ({ id, value, failure }: Answered) => {
      if (id === 0) return ready.resolve(made)
      const asker = waiting.get(id)
      waiting.delete(id)
      if (failure) asker?.fail(new Refused(failure))
      else asker?.done(value)
    })
    made.on('exit', () => {
      ready.reject(new Killed('It ended while it started.'))
      for (const { fail } of waiting.values()) fail(new Killed('It ended while it was asked.'))
      waiting.clear()
      if (child === made) child = null
      starting = null
    })
    return ready.promise
  }

  async function ask<T>(wish: Wish): Promise<T> {
    starting ??= start()
    const asked = await starting
    const id = ++lastId
    const answered = Promise.withResolvers<T>()
    waiting.set(id, { done: value => answered.resolve(value as T), fail: answered.reject })
    asked.send({ ...wish, id } as Asked, failure => {
      if (failure && waiting.delete(id)) answered.reject(new Killed('It was gone before it was asked.'))
    })
    return answered.promise
  }

  return {
    call: <T>(actor: Actor, service: string, operation: string, input: unknown) =>
      ask<T>({ ask: 'call', actor, service, operation, input }),
    sweep: () => ask({ ask: 'sweep' }),
    async kill(): Promise<void> {
      if (child) await endOf(child, 'SIGKILL')
    },
    async stop(): Promise<void> {
      if (!child) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}
export type Killable = ReturnType<typeof openKillable>
