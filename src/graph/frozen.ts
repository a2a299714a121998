/**
 * Attributes as a node keeps them: neither their op nor who still holds a list that it passed can change them. Typed data
 * is as it is: it may be large, and ops that keep some have copied it.
 */
export function frozenAttrs(attrs: object): object {
  const copy: Record<string, unknown> = { ...attrs };
  for (const [key, value] of Object.entries(copy)) if (Array.isArray(value)) copy[key] = frozenList(value);
  return Object.freeze(copy);
}

function frozenList(list: readonly unknown[]): readonly unknown[] {
  return Object.freeze(list.map((item) => (Array.isArray(item) ? frozenList(item) : item)));
}
