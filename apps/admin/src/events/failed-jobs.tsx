import type { ServiceName as Service } from '@azora/contracts/service-names.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { Button } from '@azora/ui/button.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { useToast } from '@azora/ui/toast.tsx'
import { useAction } from '@azora/web/calls/use-action.ts'
import { usePage } from '@azora/web/calls/use-page.ts'
import { Moment } from '@azora/web/moment.tsx'
import { useState } from 'react'
import { call } from '../api.ts'
import { List } from '../lists/list.tsx'
import { useTranslations } from '../messages.ts'
import { services } from '../services.ts'
import { jobOrder } from './job-order.ts'
import { pageOfAll, pageSize } from './page-of-all.ts'
import { Silent } from './silent.tsx'
import { useRenewal } from './use-renewal.ts'

/** The background jobs of all services that were given up after all their attempts, renewed as more are. */
export function FailedJobs({ mayRetry }: { mayRetry: boolean }) {
  const t = useTranslations('events')
  const say = useToast()
  const [silent, setSilent] = useState<Service[]>([])
  const [lost, setLost] = useState(false)
  const { run, pending } = useAction({ onFault: message => say(message, 'error') })
  const list = usePage('jobs', async (cursor, signal) => {
    const page = await pageOfAll(services, cursor, jobOrder, (service, cursor) =>
      call(`${service}.listFailedJobs`, { cursor, limit: pageSize }, { signal }),
    )
    setSilent(page.silent)
    return page
  })
  useRenewal(false, list.renew, setLost)
  const retry = ({ id, service }: (typeof list.items)[number]) =>
    run(async () => {
      await call(`${service}.retryJob`, { jobId: id })
      say(t('jobRetried'))
      list.reload()
    })
  return (
    <div className="flex flex-col gap-5">
      <p role="status" className="text-end">
        <Badge tone={lost ? 'bad' : 'good'}>{lost ? t('lost') : t('live')}</Badge>
      </p>
      <Silent services={silent} />
      <List
        list={list}
        caption={t('jobs')}
        rowKey={job => `${job.service}/${job.id}`}
        columns={[
          {
            id: 'task',
            header: t('job'),
            rowHeader: true,
            cell: job => (
              <>
                <code className="font-mono text-sm">{job.task}</code>
                {job.error ? (
                  <span className="mt-1 block max-w-md text-sm font-normal break-words text-bad">
                    {job.error}
                  </span>
                ) : null}
              </>
            ),
          },
          { id: 'service', header: t('service'), cell: job => job.service },
          { id: 'attempts', header: t('attempts'), align: 'end', cell: job => job.attempts },
          { id: 'at', header: t('at'), cell: job => <Moment time={job.at} precision="second" /> },
          {
            id: 'retry',
            header: t('retry'),
            headerHidden: true,
            align: 'end',
            cell: job =>
              mayRetry ? (
                <Button
                  variant="secondary"
                  size="small"
                  isDisabled={pending}
                  aria-label={t('retryOf', { name: job.task })}
                  onPress={() => retry(job)}
                >
                  {t('retry')}
                </Button>
              ) : null,
          },
        ]}
        empty={
          <EmptyState icon="check" title={t('noJobs')}>
            {t('noJobsText')}
          </EmptyState>
        }
      />
    </div>
  )
}
