/** What is wrong with each field of a form, in words for people. */
export type FieldErrors<Name extends string> = Partial<Record<Name, string>>;
