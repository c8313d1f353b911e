import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** The process's Prometheus registry: RED per operation, pools, queues and what services count themselves. */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    requestSeconds: new Histogram({
      name: 'azora_request_duration_seconds',
      help: 'Duration of operations, by service, operation and status.',
      labelNames: ['service', 'operation', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    eventsPublished: new Counter({
      name: 'azora_events_published_total',
      help: 'Events relayed out of an outbox.',
      labelNames: ['service'],
      registers,
    }),
    eventsHandled: new Counter({
      name: 'azora_events_handled_total',
      help: 'Events whose reaction took effect, by service and outcome.',
      labelNames: ['service', 'outcome'],
      registers,
    }),
    eventLagSeconds: new Histogram({
      name: 'azora_event_lag_seconds',
      help: 'From the commit of an event to the commit of its reaction.',
      labelNames: ['service'],
      buckets: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30, 300],
      registers,
    }),
    jobsFinished: new Counter({
      name: 'azora_jobs_finished_total',
      help: 'Background jobs, by task and outcome.',
      labelNames: ['task', 'outcome'],
      registers,
    }),
    poolConnections: new Gauge({
      name: 'azora_database_connections',
      help: 'Database connections, by service and state.',
      labelNames: ['service', 'state'],
      registers,
    }),
    rateLimited: new Counter({
      name: 'azora_rate_limited_total',
      help: 'Requests refused by a limit, by class.',
      labelNames: ['class'],
      registers,
    }),
    business: new Counter({
      name: 'azora_business_events_total',
      help: 'What the school does: enrolments, attempts, certificates.',
      labelNames: ['event'],
      registers,
    }),
  }
}

export type Metrics = ReturnType<typeof createMetrics>
