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
    storageFreeBytes: new Gauge({
      name: 'azora_storage_free_bytes',
      help: 'Space left where this process keeps its data folder, as readiness last saw it.',
      registers,
    }),
    transactionRetries: new Counter({
      name: 'azora_transaction_retries_total',
      help: 'Transactions that PostgreSQL ended because of another one, and that were retried.',
      labelNames: ['service'],
      registers,
    }),
    rateLimited: new Counter({
      name: 'azora_rate_limited_total',
      help: 'Requests refused by a limit, by class.',
      labelNames: ['class'],
      registers,
    }),
    limiterLocal: new Gauge({
      name: 'azora_limiter_local',
      help: '1 while limits are counted by this process alone, because Redis is down.',
      registers,
    }),
    limiterFallbacks: new Counter({
      name: 'azora_limiter_fallbacks_total',
      help: 'Requests counted by this process alone, because Redis was down.',
      registers,
    }),
    upstreamUp: new Gauge({
      name: 'azora_upstream_up',
      help: 'Whether a process behind the gateway answers and its circuit is closed, by part and address.',
      labelNames: ['part', 'address'],
      registers,
    }),
    upstreamRetries: new Counter({
      name: 'azora_upstream_retries_total',
      help: 'Requests sent again to a process behind the gateway, by part.',
      labelNames: ['part'],
      registers,
    }),
    usageLost: new Counter({
      name: 'azora_usage_lost_total',
      help: 'Requests whose use was not counted, because the counts could not be reported for too long.',
      registers,
    }),
    responseCache: new Counter({
      name: 'azora_response_cache_total',
      help: 'Public answers from the cache of the gateway or not, by outcome.',
      labelNames: ['outcome'],
      registers,
    }),
    openSockets: new Gauge({
      name: 'azora_open_sockets',
      help: 'WebSockets that are open through the gateway.',
      registers,
    }),
    roomSockets: new Gauge({
      name: 'azora_room_sockets',
      help: 'Connections to rooms that this process holds, by WebSocket or by polling.',
      registers,
    }),
    roomMessages: new Counter({
      name: 'azora_room_messages_total',
      help: 'Messages told in rooms and heard from those in them.',
      labelNames: ['room', 'direction'],
      registers,
    }),
    openStreams: new Gauge({
      name: 'azora_open_streams',
      help: 'Streams of events that are open in this process, by service and operation.',
      labelNames: ['service', 'operation'],
      registers,
    }),
    streamEvents: new Counter({
      name: 'azora_stream_events_total',
      help: 'Events that streams gave to their readers, by service and operation.',
      labelNames: ['service', 'operation'],
      registers,
    }),
    streamsEnded: new Counter({
      name: 'azora_streams_ended_total',
      help: 'Streams that ended, by service, operation and why: complete, left, failed, revoked, expired, stopping.',
      labelNames: ['service', 'operation', 'outcome'],
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
