import type { Limits, Outcome, SourceFile } from '../program.ts'

/**
 * A program that tries to get out, to hold the machine, or to reach the next one. It is called with the path of a file
 * of the machine that it must not see and the port of a server that it must not reach.
 */
export type HostileProgram = {
  name: string
  language: string
  files: SourceFile[]
  stdin?: string
  limits?: Partial<Limits>
  /** How it may end. One that ends well has to print HELD, and none may print ESCAPED. */
  ends: Outcome[]
}

const mains: Record<string, string> = {
  python: 'main.py',
  javascript: 'main.js',
  typescript: 'main.ts',
  sql: 'main.sql',
  c: 'main.c',
}

export function program(
  language: string,
  name: string,
  content: string,
  ends: Outcome[] = ['finished'],
  limits: Partial<Limits> = {},
): HostileProgram {
  return {
    name: `${language}: ${name}`,
    language,
    files: [{ path: mains[language] as string, content }],
    ends,
    limits,
  }
}

/** Enough to be bad for a moment. */
export const short: Partial<Limits> = { processorMs: 400, memoryBytes: 64 * 2 ** 20 }
