/**
 * The names of what this site keeps on a device. `apps/portal/public/sw.js` names the same caches: a change here is a change
 * there. Everything with a person's data is in `pages`, in a `course:` cache or in the database, and goes when they
 * sign out.
 */
export const pagesCache = 'azora-pages'
export const courseCachePrefix = 'azora-course:'
export const databaseName = 'azora'
/** Scripts, styles and pictures of the site itself: the same for everybody. */
export const staticCache = 'azora-static'
/** What runs programs on this device: the same for everybody too. */
export const programsCache = 'azora-programs'

/** Told to the window once a session has ended: what is open keeps nothing any more, not even on leaving. */
export const signedOutEvent = 'azora-signed-out'
/** The key in local storage under which the name of who is signed in lies, for pages without a connection. */
export const knownAccountKey = 'azora_known'
/** Begins the keys in local storage under which lesson texts lie that are not saved yet. */
export const draftPrefix = 'azora_draft_'
