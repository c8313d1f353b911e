import { context, type Span, SpanStatusCode, trace } from '@opentelemetry/api'

const tracer = trace.getTracer('azora')

/**
 * Send spans to an OTLP endpoint (Jaeger, a collector). Without one the tracer is a no-op and its packages are
 * not even loaded: they cost memory that a small installation should not pay.
 *
 * @param url an OTLP/HTTP base address, for example `http://127.0.0.1:4318`.
 * @returns a function that flushes and stops.
 */
export async function startTracing(serviceName: string, url: string | null): Promise<() => Promise<void>> {
  if (!url) return async () => {}
  const [{ NodeTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ])
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url: `${url.replace(/\/$/, '')}/v1/traces` })),
    ],
  })
  provider.register()
  return () => provider.shutdown()
}

/** Run `work` in a span; a failure marks the span and goes on up. */
export async function inSpan<T>(
  name: string,
  attributes: Record<string, string>,
  work: () => Promise<T>,
): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, async (span: Span) => {
    try {
      return await work()
    } catch (failure) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(failure) })
      throw failure
    } finally {
      span.end()
    }
  })
}

/** A span for work that comes in pieces: each runs `within` it, until it ends, with a reason where it failed. */
export function startSpan(name: string, attributes: Record<string, string>) {
  const span = tracer.startSpan(name, { attributes })
  const inside = trace.setSpan(context.active(), span)
  return {
    within: <T>(work: () => Promise<T>): Promise<T> => context.with(inside, work),
    end(failure: string | null) {
      if (failure) span.setStatus({ code: SpanStatusCode.ERROR, message: failure })
      span.end()
    },
  }
}
