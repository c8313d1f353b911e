/**
 * What a page and the frame that runs programs on the device tell each other (decision 0058). All of it is data: neither
 * side gets hold of the other. What comes from the frame may be written by the program that runs in it.
 */

export const deviceLanguages = ['python', 'javascript'] as const
export type DeviceLanguage = (typeof deviceLanguages)[number]

/** Where the gateway serves the frame and the files of the languages. */
export const programsAddress = '/programs'
/** Which files there are, by language. */
export const programFilesAddress = `${programsAddress}/files.json`

type FileOfLanguage = { path: string; bytes: number }
export type FilesOfLanguage = {
  /** What runs in the worker. */
  script: FileOfLanguage
  /** The language itself, as WebAssembly. */
  wasm: FileOfLanguage
  /** Its standard library, where that is a file of its own. */
  library: FileOfLanguage | null
  /** What is fetched at first, compressed as a rule. */
  transferBytes: number
}
export type ProgramFiles = Record<DeviceLanguage, FilesOfLanguage>

/** To the frame, once: the language. */
export type LoadLanguage = { load: { script: string; wasm: ArrayBuffer; library: ArrayBuffer | null } }
/** To the frame: begin with a new worker, which answers at the port that comes along; or end the one that there is. */
export type OfWorker = { worker: 'start' | 'end' }
export type ToFrame = LoadLanguage | OfWorker
/** `open` at once; `loaded` when the language is compiled; `fault` where the browser cannot. */
export type FromFrame = { open: true } | { loaded: true } | { fault: string }

/** To a worker: a program to be run; the next one is sent once it has ended. */
export type DeviceRun = {
  files: { path: string; content: string }[]
  stdin: string
  arguments: string[]
  memoryMiB: number
  /** Of standard output and standard error together. */
  outputBytes: number
}

export type DeviceEnd =
  | { outcome: 'finished' | 'failed' | 'memory_exceeded' | 'output_exceeded' }
  /** It asked for what the device does not have, named here, so that only the server can tell what comes of it. */
  | { needs: string }

/** `ready` once the language has started; what a program writes, as it comes. */
export type FromWorker =
  | { ready: true }
  | { fault: string }
  | { written: 1 | 2; text: string }
  | { ended: DeviceEnd }
