const key = 'azora_enrol'

/** Notes, before the page is left for a provider, that the course shall be enrolled in on coming back. */
export function noteEnrolWish(courseId: string | null): void {
  if (courseId) sessionStorage.setItem(key, courseId)
  else sessionStorage.removeItem(key)
}

/**
 * The course that was noted, if it is this one. An address alone enrols nobody: it could have been put before them by
 * anyone.
 */
export function takeEnrolWish(courseId: string | null): string | null {
  const noted = sessionStorage.getItem(key)
  sessionStorage.removeItem(key)
  return noted === courseId ? noted : null
}
