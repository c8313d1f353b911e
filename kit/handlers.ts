import type { StreamSchema } from '@azora/contracts/stream.ts'
import type { AnyContractProcedure } from '@orpc/contract'
import type { Request, Response } from 'express'
import type { z } from 'zod'
import type { RequestContext } from './request-context.ts'
import type { StreamEvent, StreamWish } from './streams.ts'

/** The functions behind a contract, typed by it. */

export type Contract = Record<string, AnyContractProcedure>

/** What the handler of a stream gets. */
export type StreamContext = RequestContext & StreamWish

/**
 * One function per operation: from parsed input to output. Where the output is a stream, it looks whether the caller
 * may read it and gives the events; what it throws until then is an ordinary failure.
 */
export type Handlers<C extends Contract> = {
  [K in keyof C]: Streamed<C[K]> extends never
    ? (input: ParsedInputs<C>[K], context: RequestContext) => Promise<UnparsedOutputs<C>[K]>
    : (
        input: ParsedInputs<C>[K],
        context: StreamContext,
      ) => Promise<AsyncIterable<StreamEvent<Streamed<C[K]>>>>
}

/** An event of an operation whose output is a stream, as its handler gives it; else `never`. */
type Streamed<P> = P extends { '~orpc': { outputSchema?: infer S } }
  ? NonNullable<S> extends StreamSchema<infer In, unknown>
    ? In
    : never
  : never

// A handler sees its input after parsing, and returns its output before it.
type ParsedInputs<C extends Contract> = {
  [K in keyof C]: C[K] extends { '~orpc': { inputSchema?: infer S } }
    ? NonNullable<S> extends z.ZodType
      ? z.output<NonNullable<S>>
      : unknown
    : never
}
type UnparsedOutputs<C extends Contract> = {
  [K in keyof C]: C[K] extends { '~orpc': { outputSchema?: infer S } }
    ? NonNullable<S> extends z.ZodType
      ? z.input<NonNullable<S>>
      : unknown
    : never
}

/** Handlers of operations that stream: they answer the response themselves. */
export type FileHandlers<C extends Contract> = {
  [K in keyof C]: (
    input: ParsedInputs<C>[K],
    context: RequestContext,
    req: Request,
    res: Response,
  ) => Promise<void>
}

// As the host calls them: their contract has parsed what they are given.
export type AnyHandler = (input: unknown, context: RequestContext) => Promise<unknown>
export type AnyStreamHandler = (
  input: unknown,
  context: StreamContext,
) => Promise<AsyncIterable<StreamEvent<unknown>>>
export type AnyFileHandler = (
  input: unknown,
  context: RequestContext,
  req: Request,
  res: Response,
) => Promise<void>
