/** A request for a token with curl. Names that begin with a dollar sign are variables of the shell. */
export function tokenRequest(origin: string, id: string, secret: string): string {
  return `curl '${origin}/api/v1/auth/oauth/token' \\\n  -u "${id}:${secret}" \\\n  -d grant_type=client_credentials`
}
