import { after, describe, test } from 'node:test'
import { modes, type System, startSystem } from '../system.ts'
import { assemble, checkBooks, takeQuizzes } from './class.ts'

/** `kill -9` in the middle of a quiz: what was acknowledged is kept, and nothing happens twice. */

const classSize = 12

/** Kill the service when a third of the attempts are in, and start it again while learners go on trying. */
async function killInTheMiddle(system: System, service: string): Promise<void> {
  const group = await assemble(system, classSize)
  let killing: Promise<void> | null = null
  const receipts = await takeQuizzes(group, count => {
    if (count === Math.round((classSize * 2) / 3))
      killing = system.kill(service).then(() => system.revive(service))
  })
  await killing
  await checkBooks(system, group, receipts)
}

for (const mode of modes) {
  describe(`In ${mode === 'single' ? 'one process' : 'a cluster'}`, () => {
    let system: System | null = null
    after(() => system?.stop())
    const services = mode === 'single' ? ['assessment'] : ['assessment', 'education']
    for (const service of services) {
      const what = mode === 'single' ? 'the whole system' : `the ${service} service`
      test(`no attempt is lost or doubled when ${what} is killed while learners hand in.`, async () => {
        system ??= await startSystem(mode)
        await killInTheMiddle(system, service)
      })
    }
  })
}
