import type { Config } from '@azora/kit/config.ts'
import type { Logger } from '@azora/kit/log.ts'

/** What `servers.ts` knows of a server that runs. */
export type StartedServer = {
  url: string
  /** Where it listens, on 127.0.0.1. */
  ports: number[]
  /** Whether it answers just now; never throws. */
  answers(): Promise<boolean>
  /** End it and what was started with it. */
  stop(): Promise<void>
}

export type EmbeddedServer<S extends StartedServer = StartedServer> = {
  /** Its name among the parts of the system, as in `/health/parts`. */
  name: string
  /** What it is for. */
  what: string
  /** The setting that names another one instead, and what that says. */
  setting: string
  named(config: Config): string | null
  /** Where its files are, below the data folder. */
  folder: string
  /** @throws StartupFault with what to do when it cannot run here. */
  start(place: { dataDir: string; folder: string; config: Config; log: Logger }): Promise<S>
  /** Whether it has work left from an earlier run, for which it starts although nobody has asked for it yet. */
  hasWork?(folder: string): boolean
}
