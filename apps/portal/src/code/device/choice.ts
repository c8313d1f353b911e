/** Where a person wants programs to run on this device, and what is kept here for that. No secret, and nobody's data. */

export type Place = 'device' | 'server'

const choiceKey = (language: string) => `azora_programs_${language}`
const keptKey = (language: string) => `azora_programs_kept_${language}`

export function placeChosen(language: string): Place | null {
  const chosen = localStorage.getItem(choiceKey(language))
  return chosen === 'device' || chosen === 'server' ? chosen : null
}

export const choosePlace = (language: string, place: Place) =>
  localStorage.setItem(choiceKey(language), place)

export const forgetPlace = (language: string) => localStorage.removeItem(choiceKey(language))

/** Whether its language lies on this device, so that programs run without a connection. */
export const isKept = (language: string) => localStorage.getItem(keptKey(language)) !== null

export const rememberKept = (language: string) => localStorage.setItem(keptKey(language), '1')
