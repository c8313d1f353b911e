import type { contract, fileContract } from '@azora/contracts/contract.ts'
import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'

type Contract = typeof contract
type Inputs = InferContractRouterInputs<Contract>
type Outputs = InferContractRouterOutputs<Contract>
type FileInputs = InferContractRouterInputs<typeof fileContract>
type FileOutputs = InferContractRouterOutputs<typeof fileContract>

type NamesOf<Tree> = { [S in keyof Tree & string]: `${S}.${keyof Tree[S] & string}` }[keyof Tree & string]

type At<Tree, Name> = Name extends `${infer Service}.${infer Operation}`
  ? Service extends keyof Tree
    ? Operation extends keyof Tree[Service]
      ? Tree[Service][Operation]
      : never
    : never
  : never

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The name of an operation, `service.operation`. */
export type Operation = NamesOf<Contract>
/** The name of an operation that takes or gives a file. */
export type FileOperation = NamesOf<typeof fileContract>
/** What an operation takes, as the browser sends it. */
export type InputOf<O extends Operation> = At<Inputs, O>
/** What an operation answers. */
export type OutputOf<O extends Operation> = At<Outputs, O>
/** One event of an operation whose answer is a stream. */
export type EventOf<O extends Operation> = OutputOf<O> extends AsyncIterable<infer E> ? E : never
export type FileInputOf<O extends FileOperation> = At<FileInputs, O>
export type FileOutputOf<O extends FileOperation> = At<FileOutputs, O>

/** Method of an operation, and its path below `/api/v1`. */
export type Route = readonly [Method, `/${string}`]
