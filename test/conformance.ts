import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { conformanceDataDir } from '@azora/kit/config.ts'
import { demoInstructor, demoLearner, demoPassword } from '../apps/azora/demo/school.ts'
import { type Person, signIn } from './api.ts'
import { checkAnyImport, importedCourse } from './conformance/imported-course.ts'
import { walkCartridge } from './conformance/learner-walk.ts'
import { checkFor } from './conformance/right.ts'
import { describedItems, scoreItems } from './conformance/scored-items.ts'
import { takeItems } from './conformance/taken-items.ts'
import { startSystem } from './system.ts'

/**
 * `npm run conformance`: imports what others made, as an instructor would. Each of the small inputs in `imports/` is
 * right or wrong, by what its README says; through each course in `cartridges/` a learner walks to the certificate. The
 * items in `qti/` are scored by their rules, case by case, and then imported, taken and submitted.
 * The material is read where it lies (AZORA_CONFORMANCE_DATA) and is not part of this project. Arguments after `--`
 * choose files by the start of their names.
 */

const say = (line = '') => process.stdout.write(`${line}\n`)
const folder = conformanceDataDir(fileURLToPath(new URL('../../shared/data', import.meta.url)))
const wanted = process.argv.slice(2)

async function filesIn(name: string): Promise<string[]> {
  const path = join(folder, name)
  if (!existsSync(path)) return []
  const chosen = (file: string) => wanted.length === 0 || wanted.some(start => file.startsWith(start))
  return (await readdir(path)).filter(file => /\.(imscc|zip)$/.test(file) && chosen(file)).sort()
}

/** Null when the import is right, else why it is wrong. */
async function faultOf(url: string, instructor: Person, file: string): Promise<string | null> {
  try {
    const imported = await importedCourse(url, instructor, join(folder, 'imports', file))
    await checkAnyImport(instructor, imported)
    await checkFor(file)?.(imported)
    return null
  } catch (failure) {
    return (failure as Error).message.split('\n')[0] ?? 'unknown'
  }
}

async function main(): Promise<number> {
  const [inputs, cartridges] = await Promise.all([filesIn('imports'), filesIn('cartridges')])
  const qti = join(folder, 'qti')
  const described = await describedItems(qti, wanted)
  const items = await scoreItems(qti, described, say)
  if (inputs.length + cartridges.length + described.length === 0) {
    say(`There is nothing to check against at ${folder}. Name the folder in AZORA_CONFORMANCE_DATA.`)
    return 1
  }
  say(`Items of QTI: ${items.right} cases right, ${items.wrong} wrong, ${items.refused} refused as expected`)
  const system = await startSystem('single')
  let wrong = 0
  try {
    const instructor = await signIn(system.url, demoInstructor.email, demoPassword)
    const learner = await signIn(system.url, demoLearner.email, demoPassword)
    if (described.length > 0) {
      const scratch = await mkdtemp(join(tmpdir(), 'azora-items-'))
      try {
        const taken = await takeItems(system.url, [instructor, learner], qti, described, scratch, say)
        wrong += taken.wrong
        say(
          `Items taken: ${taken.right} cases right, ${taken.wrong} wrong, ${taken.unasked} not asked or without a score`,
        )
      } finally {
        await rm(scratch, { recursive: true, force: true })
      }
    }
    for (const file of inputs) {
      const fault = await faultOf(system.url, instructor, file)
      if (fault) wrong += 1
      say(`${fault ? 'wrong' : 'right'}  ${file}${fault ? ` — ${fault}` : ''}`)
    }
    for (const file of cartridges) {
      const path = join(folder, 'cartridges', file)
      if (!(await walkCartridge(system.url, instructor, learner, path, say))) wrong += 1
    }
  } finally {
    await system.stop()
  }
  say(`\n${wrong + items.wrong} wrong`)
  return wrong + items.wrong === 0 ? 0 : 1
}

process.exit(await main())
