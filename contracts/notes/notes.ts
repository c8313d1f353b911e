/**
 * What fields mean, by name. A key is a field's name, or that with what it belongs to before it: the operation
 * (`register.id`), the field that holds it (`options.content`), or the noun of the operation (`webhook.status` for
 * `listWebhooks` and its kind). Where no example is given, one follows from the field's kind.
 */
export type Notes = Record<string, string | [description: string, example: unknown]>
