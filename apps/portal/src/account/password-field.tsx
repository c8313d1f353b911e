'use client'
import { Button } from '@azora/ui/button.tsx'
import { TextField, type TextFieldProps } from '@azora/ui/text-field.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'

/** A password, hidden until asked to show. */
export function PasswordField(props: Omit<TextFieldProps, 'type' | 'end'>) {
  const t = useTranslations('account')
  const [shown, setShown] = useState(false)
  return (
    <TextField
      {...props}
      type={shown ? 'text' : 'password'}
      end={
        <Button
          variant="quiet"
          size="small"
          aria-label={shown ? t('hidePassword') : t('showPassword')}
          onPress={() => setShown(!shown)}
        >
          {shown ? t('hide') : t('show')}
        </Button>
      }
    />
  )
}
