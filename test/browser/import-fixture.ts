import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoCourses, packCourse } from '../../apps/azora/demo/pack-course.ts'
import { appoint, openAuthDatabase, openDatabaseOf } from '../api.ts'
import { systemUrl } from './browser.ts'

/** What tests of the page of an import need: a teacher of the system, a cartridge, and education's database. */
export async function openImports() {
  const { AZORA_TEST_ADMIN_URL: adminUrl = '', AZORA_TEST_SECRET: secret = '' } = process.env
  const authDb = openAuthDatabase({ adminUrl, secret })
  const educationDb = openDatabaseOf('education', { adminUrl, secret })
  const folder = await mkdtemp(join(tmpdir(), 'azora-browser-'))
  const cartridge = join(folder, 'course.imscc')
  const [course] = await demoCourses()
  await packCourse(course?.folder ?? '', cartridge)
  return {
    teacher: await appoint(systemUrl(), authDb, { role: 'instructor' }),
    cartridge,
    educationDb,
    async close() {
      await educationDb.close()
      await authDb.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
