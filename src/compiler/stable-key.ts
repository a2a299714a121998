/**
 * A text that two attribute objects share exactly when they mean the same: keys in sorted order, NaN, infinities
 * and -0 told apart, a key that is undefined like one that is missing.
 */
export function stableKey(value: unknown): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value !== "object" || value === null)
    return typeof value === "string" ? JSON.stringify(value) : String(value);
  if (Array.isArray(value)) return `[${value.map(stableKey).join()}]`;
  if (ArrayBuffer.isView(value))
    return `${value.constructor.name}[${Array.from(value as Float64Array, stableKey).join()}]`;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${key}:${stableKey(item)}`)
    .join()}}`;
}
