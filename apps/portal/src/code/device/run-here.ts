import type { Told } from '../runs/use-run.ts'
import { choosePlace, isKept, placeChosen } from './choice.ts'
import { type DeviceProgram, runOnDevice } from './run-on-device.ts'
import { runsOnDevices, serverNeeds, whereToRun } from './where.ts'

/** Runs a program on this device where that can be, and else says that it is for the server. */

type Program = Omit<DeviceProgram, 'language' | 'tests'> & {
  language: string
  tests: (DeviceProgram['tests'][number] & { unit?: string | undefined })[]
  hasStyle: boolean
}

const isAble = () =>
  typeof WebAssembly === 'object' && typeof Worker === 'function' && typeof MessageChannel === 'function'

/** @returns `server` where it is to be run there, `none` where it is not to be run at all. */
export async function runHere(program: Program, told: Told): Promise<'done' | 'server' | 'none'> {
  const { language } = program
  if (!runsOnDevices(language)) return 'server'
  const asked = { ...program, own: program.own !== undefined }
  const device = {
    isAble: isAble(),
    isOnline: navigator.onLine,
    isKept: isKept(language),
    chosen: placeChosen(language),
  }
  let place = whereToRun(asked, device)
  if (place === 'ask') {
    const answered = await told.ask()
    if (answered === null) return 'none'
    choosePlace(language, answered)
    place = answered
  }
  if (place === 'server') {
    // Named where the device would have run it otherwise.
    told.onPlace({ place, needs: serverNeeds(program) })
    return 'server'
  }
  told.onPlace({ place })
  try {
    const needs = await runOnDevice({ ...program, language }, told)
    if (needs === null) return 'done'
    told.onPlace({ place: 'server', needs })
  } catch (failure) {
    if (told.signal.aborted) throw failure
    console.warn('The program could not be run on this device.', failure)
    told.onPlace({ place: 'server' })
  }
  return 'server'
}
