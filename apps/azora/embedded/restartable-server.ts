import { existsSync, statSync } from 'node:fs'
import { StartupFault } from '@azora/kit/config.ts'
import type { StartedServer } from './embedded-server.ts'
import {
  lastLines,
  type ServerCommand,
  type ServerProcess,
  startServer,
  untilReady,
} from './server-process.ts'

/** A server of the developers' cluster or of a test, which may be made to fail. */
export type RestartableServer = StartedServer & {
  /** `kill -9`, as a crash would; resolves when it is gone. */
  kill(): Promise<void>
  /** Up again on the same port, stopping it first when it runs; resolves when it answers. */
  restart(): Promise<void>
}

type Recipe = ServerCommand & {
  name: string
  debianPackage: string
  url: string
  ports: number[]
  answers(): Promise<boolean>
  started(server: ServerProcess): void
  cleanUp(): Promise<void>
}

/** @throws StartupFault when the program is missing or ends at once, with its last words. */
export async function startRestartable(recipe: Recipe): Promise<RestartableServer> {
  const launch = async () => {
    const from = existsSync(recipe.logFile) ? statSync(recipe.logFile).size : 0
    const server = await startServer(recipe)
    recipe.started(server)
    try {
      const ready = await untilReady(server, recipe.answers, {
        name: recipe.name,
        timeoutMs: 60_000,
        everyMs: 20,
      })
      if (ready) return server
    } catch (failure) {
      await server.stop('SIGKILL')
      throw failure
    }
    const said = lastLines(recipe.logFile, from).map(line => `${recipe.name}: ${line}`)
    throw new StartupFault([`${recipe.name} did not start; it ${await server.exited}.`, ...said])
  }
  let server: ServerProcess
  try {
    server = await launch()
  } catch (failure) {
    await recipe.cleanUp()
    throw missingProgram(failure) ? notInstalled(recipe.name, recipe.debianPackage, failure) : failure
  }
  return {
    url: recipe.url,
    ports: recipe.ports,
    answers: recipe.answers,
    async stop() {
      await server.stop('SIGTERM')
      await recipe.cleanUp()
    },
    kill: () => server.stop('SIGKILL'),
    async restart() {
      await server.stop('SIGTERM')
      server = await launch()
    },
  }
}

export function missingProgram(failure: unknown): boolean {
  return (failure as NodeJS.ErrnoException).code === 'ENOENT'
}

export function notInstalled(name: string, debianPackage: string, cause: unknown): StartupFault {
  return new StartupFault(
    [
      `${name} is not installed. On Debian or Ubuntu run: sudo apt-get install -y --no-install-recommends ${debianPackage}`,
    ],
    cause,
  )
}
