/**
 * Where to go after signing in: the `next` parameter when it is a path of this site, else `fallback`. `//host` and
 * `/\host` are addresses of another site to a browser.
 */
export function nextPath(next: string | string[] | undefined, fallback: string): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next) || /\p{Cc}/u.test(next)) return fallback
  return next
}
