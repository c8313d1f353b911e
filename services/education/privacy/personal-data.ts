import type { PersonalData } from '@azora/kit/personal-data.ts'
import type { ServiceKit } from '@azora/kit/service.ts'
import { renewSoon } from '../courses/browse.ts'
import {
  deleteLearningOf,
  deletePerson,
  selectCertificatesOf,
  selectEnrollmentsOf,
  selectFilesOf,
  selectImportsOf,
  selectOptionalProfile,
  selectStorageOf,
  selectTeachingOf,
} from './privacy.store.ts'

/** Stands where the name of an instructor stood whose account is gone. */
const formerMember = 'Former member'

/**
 * What education knows of a person. Erasing it takes certificates from the register as well: each holds the name, and
 * the school can no longer vouch for someone whom it does not know. Who has the file keeps the file. Courses stay,
 * since learners are in them; their instructor becomes a former member.
 */
export function educationPersonalData({ cache, log }: Pick<ServiceKit, 'cache' | 'log'>): PersonalData {
  return {
    async gather(db, userId) {
      const certificates = await selectCertificatesOf(db, userId)
      return [
        { name: 'profile.json', content: await selectOptionalProfile(db, userId) },
        { name: 'enrollments.json', content: await selectEnrollmentsOf(db, userId) },
        { name: 'certificates.json', content: certificates.map(({ credential, ...rest }) => rest) },
        ...certificates.map(({ id, credential }) => ({
          name: `certificates/${id}.jsonld`,
          content: credential,
        })),
        { name: 'teaching.json', content: await selectTeachingOf(db, userId) },
        { name: 'imports.json', content: await selectImportsOf(db, userId) },
        { name: 'storage.json', content: await selectStorageOf(db, userId) },
        { name: 'files.json', content: await selectFilesOf(db, userId) },
      ]
    },
    async erase(tx, userId) {
      const { organizationId } = tx
      await deleteLearningOf(tx, userId)
      await deletePerson(tx, userId, formerMember)
      tx.afterCommit(() => renewSoon({ cache, log }, organizationId))
    },
  }
}
