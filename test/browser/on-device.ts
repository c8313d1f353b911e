import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build } from 'vite'

/** Runs programs on the device from a page of the system, by the script that pages use, without its buttons. */

export type DeviceRunGiven = {
  language: string
  files: { path: string; content: string }[]
  tests?: object[]
  own?: { stdin: string; arguments: string[] }
  processorSeconds?: number
  memoryMiB?: number
}

export type DeviceResult = {
  testId: string | null
  outcome: string
  stdout: string
  stderr: string
  difference: object | null
  error: { path: string; line: number } | null
}

const entry = fileURLToPath(new URL('../../apps/portal/src/code/device/run-on-device.ts', import.meta.url))

export async function deviceScript(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry, formats: ['iife'], name: 'device', fileName: 'device' },
    },
  })
  const [first] = [made].flat()
  if (!first || !('output' in first)) throw new Error('The script of the device was not made.')
  return `${first.output[0].code}; globalThis.device = device`
}

/** @returns the results in their order, and what the program needs that the device does not have. */
export function runOn(
  page: Page,
  given: DeviceRunGiven,
): Promise<{ results: DeviceResult[]; needs: string | null }> {
  const whole = { tests: [], processorSeconds: 5, memoryMiB: 128, ...given }
  return page.evaluate(async program => {
    const results: DeviceResult[] = []
    const { device } = globalThis as unknown as {
      device: { runOnDevice(program: object, told: object): Promise<string | null> }
    }
    const needs = await device.runOnDevice(program, {
      signal: new AbortController().signal,
      onEvent: (result: DeviceResult) => results.push(result),
      onLoaded() {},
    })
    return { results, needs }
  }, whole)
}
