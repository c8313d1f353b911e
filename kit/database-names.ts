/** The names by which a service is known in the database, where a hyphen would ask for quotes: `study_hall`. */

export const schemaOf = (service: string) => service.replaceAll('-', '_')

export const roleOf = (service: string) => `azora_${schemaOf(service)}`

/** SQL for the name of the service whose role signed in: no service has an underscore in its own name. */
export const signedInService = "replace(substr(session_user::text, length('azora_') + 1), '_', '-')"
