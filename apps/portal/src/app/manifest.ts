import type { MetadataRoute } from 'next'
import { directionOf } from '../i18n/locale.ts'
import { getLocale, getTranslations } from '../i18n/server.ts'
import { currentSchool } from '../lib/session.server.ts'

// Each school is an application of its own name, so this is made for each request.
export const dynamic = 'force-dynamic'

/** What a device needs to install the site (W3C Web Application Manifest). */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const [school, locale, t] = await Promise.all([currentSchool(), getLocale(), getTranslations('shell')])
  return {
    id: '/',
    name: school.name,
    short_name: school.name.slice(0, 24),
    description: t('description', { school: school.name }),
    lang: locale,
    dir: directionOf(locale),
    start_url: '/learn',
    scope: '/',
    display: 'standalone',
    background_color: '#faf7f1',
    theme_color: '#0f6f67',
    categories: ['education'],
    icons: [
      { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
  }
}
