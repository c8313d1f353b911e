import { Checkbox } from '@azora/ui/checkbox.tsx'
import { CheckboxGroup } from '@azora/ui/checkbox-group.tsx'
import { SubmitButton } from '@azora/ui/form.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { DraftForm } from '@azora/web/drafts/draft-form.tsx'
import { useState } from 'react'
import { NeedsDocument } from '../document/needs-document.tsx'
import { useTranslations } from '../messages.ts'
import { useEventText } from './event-text.ts'
import type { Webhook } from './states.tsx'

type Wanted = { url: string; description: string; events: Webhook['events'] }

/** Asks where messages go, and of which events. */
export function WebhookForm({
  webhook,
  submitLabel,
  onSubmit,
}: {
  webhook?: Webhook
  submitLabel: string
  onSubmit: (wanted: Wanted) => Promise<void>
}) {
  const t = useTranslations('webhooks')
  const common = useTranslations('common')
  const about = useEventText()
  const [events, setEvents] = useState<string[]>(webhook?.events ?? [])
  return (
    <DraftForm
      thing={webhook ? `webhook:${webhook.id}` : 'new-webhook'}
      failure={common('connectionLost')}
      onSubmit={data =>
        onSubmit({
          url: String(data.get('url')).trim(),
          description: String(data.get('description')).trim(),
          events: events as Webhook['events'],
        })
      }
    >
      <TextField
        label={t('url')}
        name="url"
        type="url"
        isRequired
        maxLength={500}
        description={t('urlHelp')}
        placeholder="https://example.org/azora"
        autoComplete="off"
        {...(webhook ? { defaultValue: webhook.url } : {})}
      />
      <TextField
        label={t('about')}
        name="description"
        maxLength={200}
        description={t('aboutHelp')}
        autoComplete="off"
        {...(webhook ? { defaultValue: webhook.description } : {})}
      />
      <NeedsDocument>
        {document => (
          <CheckboxGroup
            label={t('events')}
            description={events.length === 0 ? t('eventsHelp') : undefined}
            value={events}
            onChange={setEvents}
          >
            <div className="grid gap-x-6 gap-y-3.5 sm:grid-cols-2">
              {document.events.map(({ name }) => (
                <Checkbox key={name} value={name}>
                  <code className="font-mono text-sm font-semibold">{name}</code>
                  <span className="block text-sm text-muted">{about(name)}</span>
                </Checkbox>
              ))}
            </div>
          </CheckboxGroup>
        )}
      </NeedsDocument>
      <SubmitButton className="self-start">{submitLabel}</SubmitButton>
    </DraftForm>
  )
}
