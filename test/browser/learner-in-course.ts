import type { Browser } from 'playwright-core'
import { demoInstructor, demoPassword } from '../../apps/azora/demo/school.ts'
import { type Person, signIn, signUp } from '../api.ts'
import { makeCourse, type TestCourse } from '../courses.ts'
import { openBrowser, systemUrl, type Visit, visit } from './browser.ts'
import { signInWithoutForm } from './sign-in-without-form.ts'

/** A browser, and a learner who has enrolled in a new course of the demo school's instructor. */
export async function learnerInCourse(
  name: string,
  title: string,
): Promise<{ browser: Browser; instructor: Person; learner: Person; course: TestCourse }> {
  const browser = await openBrowser()
  const instructor = await signIn(systemUrl(), demoInstructor.email, demoPassword)
  const learner = await signUp(systemUrl(), name)
  const course = await makeCourse(systemUrl(), instructor, { title })
  await learner.api.education.enroll({ courseId: course.courseId })
  return { browser, instructor, learner, course }
}

/** The instructor of those courses, at a screen of their own. */
export async function visitAsInstructor(
  browser: Browser,
  viewport: { width: number; height: number },
): Promise<Visit> {
  const seen = await visit(browser, { viewport })
  await signInWithoutForm(seen.context, demoInstructor.email, demoPassword)
  return seen
}
