import { CodeBlock } from '../code/code-block.tsx'
import { NeedsDocument } from '../document/needs-document.tsx'
import { sampleOf } from '../document/schema.ts'
import { SchemaView } from '../document/schema-view.tsx'
import { useTranslations } from '../messages.ts'
import { useEventText } from '../webhooks/event-text.ts'

/** Every event that a webhook may ask for, with the fields of its body, as the contract states them. */
export function EventList() {
  const t = useTranslations('guides')
  const about = useEventText()
  return (
    <NeedsDocument>
      {({ events }) =>
        events.map(({ name, body }) => (
          <section key={name} aria-labelledby={`event-${name}`} className="mt-4 flex flex-col gap-3">
            <h2 id={`event-${name}`} className="scroll-mt-20 font-mono text-lg font-bold">
              {name}
            </h2>
            <p>{about(name)}</p>
            <SchemaView schema={body.properties?.data ?? {}} />
            <CodeBlock
              title={t('eventExample')}
              language="json"
              code={JSON.stringify(sampleOf(body), null, 2)}
            />
          </section>
        ))
      }
    </NeedsDocument>
  )
}
