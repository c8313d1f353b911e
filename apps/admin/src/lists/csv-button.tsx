import { Button } from '@azora/ui/button.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { call } from '../api.ts'
import { useTranslations } from '../messages.ts'

type CsvButtonProps = {
  path: `/${string}.csv`
  filter: Record<string, string | undefined>
}

/** Downloads what a list shows, all pages of it, as a table for other programs. */
export function CsvButton({ path, filter }: CsvButtonProps) {
  const t = useTranslations('lists')
  const say = useToast()
  const { run, pending } = useAction({ onFault: message => say(message, 'error') })
  const download = () =>
    run(async () => {
      // A file is fetched by the browser itself, which cannot renew a spent session: this does, if need be.
      await call('auth.me', {})
      const query = new URLSearchParams()
      for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value)
      location.assign(`/api/v1${path}${query.size > 0 ? `?${query}` : ''}`)
    })
  return (
    <Button variant="secondary" onPress={download} isPending={pending}>
      <Icon name="download" />
      {t('csv')}
    </Button>
  )
}
