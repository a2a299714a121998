/** What stands where an array or a tensor should, for messages: `Promise`, `null`, `string`. */
export function kindOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  // Objects without a prototype have no constructor.
  const { constructor } = value as { readonly constructor?: { readonly name: string } };
  return constructor?.name ?? "object";
}
