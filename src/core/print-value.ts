const LONGEST = 80;

/** What stands where something else should, as errors print it: tensors and arrays as themselves, objects by their keys. */
export function printValue(value: unknown): string {
  const text = printWhole(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}

function printWhole(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(printValue).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null
    ? `{ ${Object.keys(value).join(", ")} }`
    : (value as { toString(): string }).toString();
}
