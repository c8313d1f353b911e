'use client'
import { ThemePicker as Picker } from '@azora/web/shell/theme-picker.tsx'
import { useTranslations } from '../i18n/client.tsx'

/** Light, dark, or as the device says. */
export function ThemePicker() {
  return <Picker t={useTranslations('shell')} />
}
