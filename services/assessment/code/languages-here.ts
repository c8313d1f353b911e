import { programLanguages } from '@azora/contracts/assessment/question-types/code.ts'
import { may } from '@azora/contracts/permissions.ts'
import type { Actor } from '@azora/kit/identity.ts'
import type { Programs } from './programs.ts'

/** The languages that questions can ask for and programs are run in here; why none are, for who looks after that. */
export async function languagesHere(programs: Pick<Programs, 'find'>, actor: Actor) {
  const found = await programs.find()
  if (found.sandbox === null)
    return { languages: [], reason: may(actor, 'operations.read') ? found.reason : null }
  const { languages } = found.sandbox
  return { languages: programLanguages.filter(language => languages.includes(language)), reason: null }
}
