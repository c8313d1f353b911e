import type { Config } from '@azora/kit/config.ts'

/** A provider that accounts here can be linked to. */
export type ProviderId = 'google' | 'github' | 'apple'

export const providerNames: Record<ProviderId, string> = {
  google: 'Google',
  github: 'GitHub',
  apple: 'Apple',
}

/**
 * The providers that the settings name, as a page shows them. `standIn` when another address stands in for the
 * provider's own, so that nobody takes it for the real one.
 */
export function enabledProviders({
  federation,
}: Pick<Config, 'federation'>): { id: ProviderId; name: string; standIn: boolean }[] {
  return (['google', 'github', 'apple'] as const).flatMap(id => {
    const settings = federation[id]
    return settings ? [{ id, name: providerNames[id], standIn: settings.standIn }] : []
  })
}
